import ImageReferences

/// Total orders, so that neither the order of arrival nor that of a dictionary ever shows.
extension Attribution {
  /// Sorted so that the order of arrival never shows; of an object that came twice the livelier
  /// state counts.
  static func comesFirst(_ left: WorkloadRecord, _ right: WorkloadRecord) -> Bool {
    let (leftNames, rightNames) = (left.names, right.names)
    if leftNames != rightNames { return leftNames < rightNames }
    if left.metadata.uid != right.metadata.uid { return left.metadata.uid < right.metadata.uid }
    let (leftLife, rightLife) = (left.activity, right.activity)
    if leftLife.liveliness != rightLife.liveliness {
      return leftLife.liveliness < rightLife.liveliness
    }
    if leftLife.desired != rightLife.desired {
      return leftLife.desired ?? -1 > rightLife.desired ?? -1
    }
    return left.template.containers.map(\.image).lexicographicallyPrecedes(
      right.template.containers.map(\.image))
  }

  /// Live Pods first, then by the first Pod's name, so that the order of a dictionary never shows.
  static func comesFirst(
    _ left: (key: PodGroup.Key, value: PodGroup), _ right: (key: PodGroup.Key, value: PodGroup)
  ) -> Bool {
    if left.key.hasEnded != right.key.hasEnded { return right.key.hasEnded }
    let (one, other) = (left.value.metadata, right.value.metadata)
    return (one.namespace, one.name) < (other.namespace, other.name)
  }

  static func precedes(_ left: ImageUse, _ right: ImageUse) -> Bool {
    if left.workload != right.workload { return left.workload < right.workload }
    let leftKey = (left.path, left.container, left.role.rawValue, left.image.text)
    let rightKey = (right.path, right.container, right.role.rawValue, right.image.text)
    if leftKey != rightKey { return leftKey < rightKey }
    return (left.origin.note ?? "") < (right.origin.note ?? "")
  }
}
