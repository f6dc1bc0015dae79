// YAMLDocumentsTests
