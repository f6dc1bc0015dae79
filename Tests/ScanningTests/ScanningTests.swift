// ScanningTests
