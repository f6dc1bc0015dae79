// ImageReferencesTests
