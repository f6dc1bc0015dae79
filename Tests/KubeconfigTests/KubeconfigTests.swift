// KubeconfigTests
