import Testing

@testable import Remediation

@Suite struct RemediationTests {}
