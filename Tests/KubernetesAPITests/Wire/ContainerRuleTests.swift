import Foundation
import Inventory
import Testing

@testable import KubernetesAPI

/// What is kept of a pod, from hand-written objects in both encodings.
@Suite struct ContainerRuleTests {
  private func pod(json: String) throws -> PodRecord {
    let decoded = try Decoded(
      .pods, json: #"{"kind":"PodList","apiVersion":"v1","items":[\#(json)]}"#)
    return try #require(decoded.records.first)
  }

  private func pod(_ build: (inout ProtobufBuilder) -> Void) throws -> PodRecord {
    let body = ProtobufBuilder.listOfOne("PodList", item: build)
    return try #require(try Decoded(.pods, .protobuf, body).records.first)
  }

  @Test(arguments: [
    ("IMAGE", true), ("RELATED_IMAGE_x", true), ("SIDECAR_IMAGE", true), ("_IMAGE", true),
    ("RELATED_IMAGE_", true), ("RELATED_IMAGE", true), ("image", false), ("MYIMAGE", false),
    ("IMAGE_TAG", false), ("XRELATED_IMAGE_Y", false), ("", false), ("E", false),
    ("IMAGES", false), ("R", false), ("my_IMAGE", true), ("BASE_IMAGE_", false),
  ])
  func environmentNames(name: String, isKept: Bool) throws {
    let bytes = Array(name.utf8)
    #expect(KeepRules.keepsEnvironment(name: bytes.span, 0..<bytes.count) == isKept)
    let json = try pod(
      json: #"{"spec":{"containers":[{"env":[{"name":"A"},{"name":"\#(name)","value":"v"}]}]}}"#)
    let protobuf = try pod {
      $0.message(2) {
        $0.message(2) {
          $0.message(7) { $0.text(1, "A") }
          $0.message(7) {
            $0.text(1, name)
            $0.text(2, "v")
          }
        }
      }
    }
    let expected = isKept ? [EnvironmentRecord(index: 1, name: name, value: "v")] : []
    #expect(json.spec.containers.first?.environment == expected)
    #expect(protobuf == json)
  }

  @Test func environmentWithoutALiteralValueIsDropped() throws {
    let record = try pod(
      json: #"{"spec":{"containers":[{"env":[{"name":"IMAGE","value":""},"#
        + #"{"name":"IMAGE","valueFrom":{"fieldRef":{"fieldPath":"x"}}},"#
        + #"{"name":"IMAGE","value":null}]}]}}"#)
    #expect(record.spec.containers.first?.environment == [])
  }

  @Test func argumentsWithASlash() throws {
    let json = try pod(
      json: #"{"spec":{"containers":[{"args":["a","--image=x\/y","\u002f"],"#
        + #""command":["/bin/sh","-c"]}]}}"#)
    let protobuf = try pod {
      $0.message(2) {
        $0.message(2) {
          for text in ["/bin/sh", "-c"] { $0.text(3, text) }
          for text in ["a", "--image=x/y", "/"] { $0.text(4, text) }
        }
      }
    }
    #expect(
      json.spec.containers.first?.arguments == [
        ArgumentRecord(list: .command, index: 0, value: "/bin/sh"),
        ArgumentRecord(list: .args, index: 1, value: "--image=x/y"),
        ArgumentRecord(list: .args, index: 2, value: "/"),
      ])
    #expect(protobuf == json)
  }

  @Test func rolesAndTheirOrder() throws {
    let json = try pod(
      json: #"""
        {"spec":{"volumes":[{"name":"v0","emptyDir":{}},
         {"name":"v1","image":{"reference":"r/v:1","pullPolicy":"Always"}}],
         "ephemeralContainers":[{"name":"e","image":"r/e:1","targetContainerName":"c"}],
         "initContainers":[{"name":"i0","image":" r/i:1 "},
         {"restartPolicy":"Always","name":"i1","image":"r/s:1","imagePullPolicy":"IfNotPresent"},
         {"name":"i2","image":"r/t:1","restartPolicy":"OnFailure"}],
         "containers":[{"name":"c","image":"r/c:1","imagePullPolicy":"Never"},
         {"name":"d","image":"r/d:1","imagePullPolicy":"Sometimes","restartPolicy":"Always"}]}}
        """#)
    let protobuf = try pod {
      $0.message(2) { spec in
        spec.message(1) {
          $0.text(1, "v0")
          $0.message(2) { $0.message(2) { _ in } }
        }
        spec.message(1) {
          $0.text(1, "v1")
          $0.message(2) {
            $0.message(30) {
              $0.text(1, "r/v:1")
              $0.text(2, "Always")
            }
          }
        }
        spec.message(34) {
          $0.message(1) {
            $0.text(1, "e")
            $0.text(2, "r/e:1")
          }
          $0.text(2, "c")
        }
        for (name, image, policy, restart) in [
          ("i0", " r/i:1 ", "", ""), ("i1", "r/s:1", "IfNotPresent", "Always"),
          ("i2", "r/t:1", "", "OnFailure"),
        ] {
          spec.message(20) {
            $0.text(1, name)
            $0.text(2, image)
            $0.text(14, policy)
            if !restart.isEmpty { $0.text(24, restart) }
          }
        }
        for (name, image, policy) in [("c", "r/c:1", "Never"), ("d", "r/d:1", "Sometimes")] {
          spec.message(2) {
            $0.text(1, name)
            $0.text(2, image)
            $0.text(14, policy)
            if name == "d" { $0.text(24, "Always") }
          }
        }
      }
    }
    func line(_ container: ContainerRecord) -> String {
      "\(container.role.rawValue) \(container.index) \(container.name) '\(container.image)'"
        + " \(container.pullPolicy.rawValue)"
    }
    #expect(
      json.spec.containers.map(line) == [
        "container 0 c 'r/c:1' Never", "container 1 d 'r/d:1' ", "init 0 i0 ' r/i:1 ' ",
        "sidecar 1 i1 'r/s:1' IfNotPresent", "init 2 i2 'r/t:1' ", "ephemeral 0 e 'r/e:1' ",
        "image-volume 1 v1 'r/v:1' Always",
      ])
    #expect(protobuf == json)
  }

  @Test func requiredNodeAffinity() throws {
    let key = "requiredDuringSchedulingIgnoredDuringExecution"
    for (affinity, isRequired) in [
      (#"{"nodeAffinity":{"\#(key)":{"nodeSelectorTerms":[]}}}"#, true),
      (#"{"nodeAffinity":{"\#(key)":null}}"#, false),
      (#"{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[]}}"#, false),
      (#"{"podAffinity":{"\#(key)":[]}}"#, false), ("null", false), ("{}", false),
    ] {
      let record = try pod(json: #"{"spec":{"affinity":\#(affinity)}}"#)
      #expect(record.spec.hasRequiredNodeAffinity == isRequired, "\(affinity)")
    }
    for (field, isRequired) in [(UInt64(1), true), (2, false)] {
      let record = try pod {
        $0.message(2) { $0.message(18) { $0.message(1) { $0.message(field) { _ in } } } }
      }
      #expect(record.spec.hasRequiredNodeAffinity == isRequired)
    }
  }

  private func owners(_ references: [(name: String, controller: Bool?)]) throws -> PodRecord {
    let list = references.map { one in
      let controller = one.controller.map { ",\"controller\":\($0)" } ?? ""
      return #"{"apiVersion":"v1","kind":"K","name":"\#(one.name)","uid":"u"\#(controller)}"#
    }.joined(separator: ",")
    let json = try pod(
      json: #"{"metadata":{"labels":{"a":"b"},"ownerReferences":[\#(list)]}}"#)
    let protobuf = try pod {
      $0.message(1) {
        $0.entry(11, "a", "b")
        for one in references {
          $0.message(13) {
            $0.text(1, "K")
            $0.text(3, one.name)
            $0.text(4, "u")
            $0.text(5, "v1")
            if let controller = one.controller { $0.integer(6, controller ? 1 : 0) }
          }
        }
      }
    }
    #expect(protobuf == json)
    return json
  }

  /// Labels of a pod are kept unless a controller owns it.
  @Test func ownersAndLabels() throws {
    let none = try owners([])
    #expect(none.metadata.owner == nil)
    #expect(none.metadata.labels == ["a": "b"])
    let only = try owners([("x", nil)])
    #expect(only.metadata.owner?.name == "x")
    #expect(only.metadata.owner?.isController == false)
    #expect(only.metadata.labels == ["a": "b"])
    let two = try owners([("x", nil), ("y", false)])
    #expect(two.metadata.owner == nil)
    let controlled = try owners([("x", nil), ("y", true)])
    #expect(controlled.metadata.owner?.name == "y")
    #expect(controlled.metadata.owner?.isController == true)
    #expect(controlled.metadata.labels.isEmpty)
  }

  @Test func annotationsByLengthAndKey() throws {
    let long = String(repeating: "x", count: 1024)
    let escaped = String(repeating: #"\u0078"#, count: 1024)
    let last = "kubectl.kubernetes.io/last-applied-configuration"
    let json = try pod(
      json: #"{"metadata":{"annotations":{"a":"\#(long)","b":"\#(long)x","c":"\#(escaped)","#
        + #""d":"\#(escaped)x","\#(last)":"{}","e":null}}}"#)
    let protobuf = try pod {
      $0.message(1) { metadata in
        for (key, value) in [
          ("a", long), ("b", long + "x"), ("c", long), ("d", long + "x"), (last, "{}"), ("e", ""),
        ] {
          metadata.entry(12, key, value)
        }
      }
    }
    #expect(json.metadata.annotations == ["a": long, "c": long, "e": ""])
    #expect(protobuf == json)
  }

  @Test func timesOfDeletion() throws {
    let json = try pod(
      json: #"{"metadata":{"creationTimestamp":null,"deletionTimestamp":"1970-01-01T00:01:00Z"}}"#)
    let protobuf = try pod {
      $0.message(1) {
        $0.message(8) { _ in }
        $0.message(9) {
          $0.integer(1, 60)
          $0.integer(2, 0)
        }
      }
    }
    #expect(json.metadata.creationTimestamp == nil)
    #expect(json.metadata.deletionTimestamp == 60)
    #expect(protobuf == json)
  }

  /// More tolerations than one, changing from pod to pod and back.
  @Test func tolerationsAreNotMixedUp() throws {
    func item(_ keys: [String]) -> String {
      let list = keys.map { #"{"key":"\#($0)","operator":"Exists","effect":"NoExecute"}"# }
      return #"{"spec":{"tolerations":[\#(list.joined(separator: ","))]}}"#
    }
    let orders = [["a"], ["a"], ["a", "b"], [], ["b"], ["a", "b"], ["a", "b"], ["a"]]
    let json = try Decoded(
      .pods,
      json: #"{"kind":"PodList","apiVersion":"v1","items":["#
        + orders.map(item).joined(separator: ",") + "]}")
    #expect(json.records.map { $0.spec.tolerations.map(\.key) } == orders)
    let body = ProtobufBuilder.list("PodList") { list in
      for keys in orders {
        list.message(2) {
          $0.message(2) { spec in
            for key in keys {
              spec.message(22) {
                $0.text(1, key)
                $0.text(2, "Exists")
                $0.text(4, "NoExecute")
              }
            }
          }
        }
      }
    }
    #expect(try Decoded(.pods, .protobuf, body).records == json.records)
  }

  @Test func cronJobsOfTheBetaGroup() throws {
    let item = ProtobufBuilder.listOfOne("CronJobList", apiVersion: "batch/v1beta1") { item in
      item.message(1) { $0.text(1, "nightly") }
      item.message(2) {
        $0.integer(4, 1)
        $0.message(5) {
          $0.message(2) {
            $0.message(6) { $0.message(2) { $0.message(2) { $0.text(2, "r/x:1") } } }
          }
        }
      }
      item.message(3) {
        $0.message(1) { _ in }
        $0.message(1) { _ in }
      }
    }
    let record = try #require(
      try Decoded(.workloads(.cronJob), .protobuf, item).records.first)
    #expect(record.metadata.name == "nightly")
    #expect(record.isSuspended)
    #expect(record.observed == 2)
    #expect(record.desired == nil)
    #expect(record.template.containers.map(\.image) == ["r/x:1"])
  }
}
