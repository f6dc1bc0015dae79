// HelmReleasesTests
