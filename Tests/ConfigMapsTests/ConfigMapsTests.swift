// Tests of ConfigMaps.
