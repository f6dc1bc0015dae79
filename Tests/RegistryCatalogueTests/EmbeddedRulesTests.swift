import ImageReferences
import Testing

@testable import RegistryCatalogue

@Suite("The embedded catalogue")
struct EmbeddedRulesTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.embedded
  }

  @Test("has a version, a date and the hash of its bytes")
  func header() throws {
    #expect(catalogue.version == "2026.11.20")
    #expect(catalogue.date.description == "2026-11-20")
    #expect(catalogue.sha256 == SHA256.hex(EmbeddedCatalogue.bytes))
    #expect(catalogue.sha256.utf8.count == 64)
    #expect(!catalogue.hasUserRules)
    #expect(try !catalogue.isStale(asOf: day("2027-02-18")))
    #expect(try catalogue.isStale(asOf: day("2027-02-19")))
    #expect(try !catalogue.isStale(asOf: day("2020-01-01")))
  }

  @Test("has unique ids in the order of the file")
  func ids() throws {
    let text = String(decoding: EmbeddedCatalogue.bytes, as: UTF8.self)
    let written = text.split(separator: "\n").filter { $0.hasPrefix("- id: ") }
      .map { String($0.dropFirst(6)) }
    #expect(written == written.sorted())
    #expect(written == catalogue.rules.map(\.id))
    #expect(Set(written).count == written.count)
    #expect(written.count == 57)
  }

  @Test("has no dead rule: each judges its own examples")
  func examples() throws {
    for rule in catalogue.rules {
      #expect(!rule.examples.isEmpty, "\(rule.id)")
      for example in rule.examples {
        #expect(try catalogue.ruleID(example) == rule.id, "\(example)")
      }
      for pattern in rule.matches {
        let isShown = try rule.examples.contains { example in
          let reference = try reference(example)
          return pattern.find(reference, host: reference.matchingHost) != nil
        }
        // Further hosts and spellings of one place need no example each.
        if !isShown { #expect(rule.matches.count > 1, "\(rule.id): \(pattern)") }
      }
    }
  }

  @Test("has no overlap without a stated winner")
  func overlaps() {
    #expect(catalogue.index.overlaps() == [])
  }

  @Test("every replacement and successor is a reference, for every example")
  func replacements() throws {
    for rule in catalogue.rules {
      for example in rule.examples {
        let old = try reference(example)
        let judgement = try catalogue.judge(old, asOf: day("2026-11-21"))
        if rule.replacement != nil {
          let replacement = try #require(judgement.replacement, "\(example)")
          #expect(replacement.reference.name != old.name, "\(example)")
          if replacement.isMechanical {
            #expect(replacement.reference.writtenTag == old.writtenTag)
            #expect(replacement.reference.digest == old.digest)
            // Nobody is sent from one dead place to another.
            let next = try catalogue.judge(replacement.reference, asOf: day("2026-11-21"))
            #expect(next.fate != .gone && next.fate != .retiring, "\(replacement.text)")
          }
        }
        if let successor = judgement.successor {
          #expect(ImageText.parse(successor.image).reference != nil, "\(successor.image)")
        }
      }
      for successor in rule.successors {
        let image = successor.image.replacing("{stem}", with: "x")
        #expect(ImageText.parse(image).reference != nil, "\(successor.image)")
      }
    }
  }

  @Test("only primary certainty says gone or retiring, on any date")
  func certainty() {
    for rule in catalogue.rules where rule.certainty != .primary {
      for fate in rule.fates {
        #expect(fate.fate != .gone && fate.fate != .retiring, "\(rule.id)")
      }
    }
  }

  @Test("every rule says what happened, what to do and who says so")
  func words() {
    for rule in catalogue.rules {
      #expect(!rule.title.isEmpty && !rule.what.isEmpty && !rule.advice.isEmpty, "\(rule.id)")
      #expect(rule.what.hasSuffix("."), "\(rule.id)")
      #expect(rule.advice.hasSuffix("."), "\(rule.id)")
      #expect(!rule.sources.isEmpty, "\(rule.id)")
      #expect(rule.sources.allSatisfy { $0.hasPrefix("https://") }, "\(rule.id)")
    }
  }

  @Test("what retires is gone after its removal, and what is gone was never retiring later")
  func timelines() {
    for rule in catalogue.rules {
      for (index, fate) in rule.fates.enumerated() where fate.fate == .retiring {
        let next = rule.fates.dropFirst(index + 1).first
        #expect(next?.fate == .gone, "\(rule.id)")
        let removal = rule.events.first { $0.kind == .removal }
        let last = removal?.lastDay
        let gone = next?.from
        if let last, let gone { #expect(last.days(until: gone) <= 1, "\(rule.id)") }
      }
    }
  }

  @Test(
    "the Kubernetes registries are matched exactly",
    arguments: [
      ("k8s.gcr.io/pause:3.2", "k8s-gcr-io"),
      ("k8s.gcr.io:443/pause:3.2", "k8s-gcr-io"),
      ("K8S.GCR.IO/pause", "k8s-gcr-io"),
      (" k8s.gcr.io/pause:3.5 ", "k8s-gcr-io"),
      ("gcr.io/google_containers/pause", "google-containers"),
      ("gcr.io/google-containers/pause", "google-containers"),
      ("us.gcr.io/google_containers/pause", "google-containers"),
      ("eu.gcr.io/google-containers/pause", "google-containers"),
      ("asia.gcr.io/google_containers/pause", "google-containers"),
      ("gcr.io/k8s-artifacts-prod/pause", "k8s-artifacts-prod"),
      ("us.gcr.io/k8s-artifacts-prod/a/b", "k8s-artifacts-prod"),
      ("eu.gcr.io/k8s-artifacts-prod/pause", "k8s-artifacts-prod"),
      ("asia.gcr.io/k8s-artifacts-prod/pause", "k8s-artifacts-prod"),
    ])
  func exact(_ text: String, _ id: String) throws {
    #expect(try catalogue.ruleID(text) == id)
  }

  @Test(
    "look-alikes are judged by what they are",
    arguments: [
      ("mirror.corp/k8s.gcr.io/pause", nil),
      ("k8s.gcr.io.evil.com/x", nil),
      ("xk8s.gcr.io/pause", nil),
      ("mirror.k8s.gcr.io/pause:3.5", nil),
      ("k8s.gcr.io:5000/pause", nil),
      ("k8sXgcr.io/pause", nil),
      ("k8s-gcr-io.example/pause", nil),
      ("notgcr.io/google_containers/pause:3.1", nil),
      ("registry.corp.example:5000/gcr.io/google_containers/pause:3.0", nil),
      ("registry.corp.example:5000/tools:k8s.gcr.io", nil),
      ("localhost/k8s.gcr.io/pause:3.1", nil),
      ("registry.k8s.io/pause:3.9", nil),
      ("quay.io/coreos/etcd:v3.5.9", nil),
      ("quay.io/k8scsix/a", nil),
      ("evil-docker.pkg.dev.example/k8s-artifacts-prod/images/pause", nil),
      ("a.b-docker.pkg.dev/k8s-artifacts-prod/images/pause", nil),
      ("docker.io/library/k8s.gcr.io:v1", "docker-hub"),
      ("k8s.gcr.io", "docker-hub"),
      ("docker.io/acme/k8s.gcr.io-pause:3.5", "docker-hub"),
      ("bitnamix/redis:7", "docker-hub"),
      ("bitnami:7", "docker-hub"),
      ("bitnami/minideb:bookworm", "docker-hub"),
      ("minio/minio-operator:1", "docker-hub"),
      ("gcr.io/google_containersx/pause", "gcr-unverified-project"),
      ("gcr.io/google_containers_old/pause:3.1", "gcr-unverified-project"),
      ("gcr.io/google-containers-mirror/pause:3.1", "gcr-unverified-project"),
      ("gcr.io/google_containers", "gcr-unverified-project"),
      ("gcr.io/acme/google_containers/pause", "gcr-unverified-project"),
      ("gcr.io/istio-releases/pilot:1", "gcr-unverified-project"),
      ("gcr.io/k8s-staging/x", "gcr-unverified-project"),
      ("eu.gcr.io/distroless/static", "gcr-unverified-project"),
    ] as [(String, String?)])
  func lookAlikes(_ text: String, _ id: String?) throws {
    #expect(try catalogue.ruleID(text) == id)
  }

  @Test(
    "the more specific rule wins",
    arguments: [
      ("gcr.io/istio-release/charts/base:1", "istio-release-charts"),
      ("gcr.io/istio-release/charts:1", "istio-release"),
      ("gcr.io/k8s-staging-ci-images/x", "k8s-staging-ci"),
      ("gcr.io/k8s-staging-kubernetes/x", "k8s-staging-kubernetes"),
      ("gcr.io/k8s-staging-foo/x", "k8s-staging"),
      ("gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1", "kube-rbac-proxy-promoted"),
      ("gcr.io/kubebuilder/kube-rbac-proxy:v0.13.2", "kube-rbac-proxy"),
      ("gcr.io/kubebuilder/kube-rbac-proxy@sha256:" + zeros, "kube-rbac-proxy"),
      ("gcr.io/google-samples/gb-frontend:v3", "google-samples-gb-frontend"),
      ("gcr.io/google-samples/gb-frontend:v6", "google-samples"),
      ("bitnami/redis:7.2.4-debian-12-r0", "docker-hub-bitnami-versioned"),
      ("bitnami/redis:7.2.4-debian-10-r0", "docker-hub-bitnami-not-copied"),
      ("bitnami/redis:latest", "docker-hub-bitnami"),
      ("us-docker.pkg.dev/k8s-artifacts-prod/images/pause", "k8s-artifacts-prod-backend"),
      ("us-docker.pkg.dev/acme/images/pause", "artifact-registry"),
      ("us-central1-docker.pkg.dev/k8s-staging-images/a/b", "k8s-staging-artifact-registry"),
    ])
  func precedence(_ text: String, _ id: String) throws {
    #expect(try catalogue.ruleID(text) == id)
  }
}

private let zeros = String(repeating: "0", count: 64)
