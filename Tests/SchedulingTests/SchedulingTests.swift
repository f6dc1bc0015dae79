// Tests of the module Scheduling: values that manifests carry, and the manifests.
