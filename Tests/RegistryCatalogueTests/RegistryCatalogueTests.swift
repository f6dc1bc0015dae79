// RegistryCatalogueTests
