import Inventory
import Testing

@testable import KubernetesAPI

/// What is decoded once and shared stays what each object has.
@Suite struct SharedTextTests {
  /// More texts and maps than the caches hold, again and again, that differ in one byte.
  @Test func everyObjectHasItsOwnTexts() throws {
    let numbers = (0..<3000).map { $0 * 7 % 1300 }
    let body = ProtobufBuilder.list("PodList") { list in
      for number in numbers {
        list.message(2) { pod in
          pod.message(1) { metadata in
            metadata.text(1, "pod-\(number)")
            metadata.entry(11, "app", "a\(number)")
            metadata.entry(11, "example.com/part-of", "the-application-\(number)")
            metadata.entry(12, "example.com/note", "short \(number)")
          }
          pod.message(2) { spec in
            spec.message(2) { $0.text(2, "registry.example/app:\(number)") }
            spec.entry(7, "kubernetes.io/os", "system-\(number)")
          }
        }
      }
    }
    let records = try Decoded(.pods, .protobuf, body).records
    #expect(records.count == numbers.count)
    for (record, number) in zip(records, numbers) {
      #expect(
        record.metadata.labels
          == ["app": "a\(number)", "example.com/part-of": "the-application-\(number)"])
      #expect(record.metadata.annotations == ["example.com/note": "short \(number)"])
      #expect(record.spec.nodeSelector == ["kubernetes.io/os": "system-\(number)"])
      #expect(record.spec.containers.map(\.image) == ["registry.example/app:\(number)"])
    }
  }

  /// Equal bytes in another field are another map.
  @Test func labelsAreNoAnnotations() throws {
    let body = ProtobufBuilder.listOfOne("PodList") { pod in
      pod.message(1) { metadata in
        metadata.entry(11, "key", "value")
        metadata.entry(12, "key", "value")
      }
      pod.message(2) { $0.entry(7, "key", "other") }
    }
    let record = try #require(try Decoded(.pods, .protobuf, body).records.first)
    #expect(record.metadata.labels == ["key": "value"])
    #expect(record.metadata.annotations == ["key": "value"])
    #expect(record.spec.nodeSelector == ["key": "other"])
  }

  /// What is not kept may stand before, between and behind what is.
  @Test(
    arguments: [
      (["c", "a", "c", "l", "b", "l"], ["a": "1", "b": "1"]), (["l"], [:]), (["a"], ["a": "1"]),
      (["l", "l", "a"], ["a": "1"]), (["a", "l"], ["a": "1"]),
    ] as [([String], [String: String])])
  func annotationsThatAreNotKept(order: [String], expected: [String: String]) throws {
    let body = ProtobufBuilder.list("NamespaceList") { list in
      for _ in 0..<3 {
        list.message(2) { item in
          item.message(1) { metadata in
            for key in order {
              switch key {
              case "c": metadata.entry(12, AnnotationKeys.copiedLastApplied, "{}")
              case "l":
                metadata.entry(12, "long", String(repeating: "x", count: 1025))
              default: metadata.entry(12, key, "1")
              }
              metadata.text(6, "7")
            }
          }
        }
      }
    }
    let records = try Decoded(.namespaces, .protobuf, body).records
    #expect(records.map(\.metadata.annotations) == [expected, expected, expected])
  }
}
