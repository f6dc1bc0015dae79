import Testing

@testable import RegistryCatalogue

@Suite("What a search of text asks the catalogue")
struct TextQuestionsTests {
  @Test(
    "places that stand for all below them",
    arguments: [
      ("gcr.io/istio-release", true), ("registry.istio.io/release", true),
      ("gcr.io/istio-release/charts", true), ("gcr.io/tekton-releases", true),
      ("gcr.io/google_containers", true), ("gcr.io/datadoghq", true), ("docker.io/bitnami", true),
      ("gcr.io/k8s-staging-kind", true), ("us-docker.pkg.dev/k8s-artifacts-prod/images", true),
      ("gcr.io/tekton-releases/github.com", false), ("gcr.io/my-project", false),
      ("gcr.io", false), ("k8s.gcr.io", false), ("docker.io/minio", false), ("", false),
      ("gcr.io/istio-release:1", false), ("mirror.example/gcr.io/istio-release", false),
    ])
  func places(_ place: String, _ expected: Bool) throws {
    #expect(try Catalogue.embedded.coversAll(below: place) == expected)
  }

  @Test("names of Docker Hub")
  func names() throws {
    let catalogue = try Catalogue.embedded
    #expect(catalogue.hubAccounts == ["bitnami", "bitnamilegacy", "minio"])
    #expect(catalogue.hubRepositories == ["minio/console", "minio/mc", "minio/minio"])
  }
}
