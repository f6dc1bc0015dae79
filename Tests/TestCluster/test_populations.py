"""The hand-written expectations of the second population and its objects agree.

This is a comparison of two texts written by hand, never a way to make one from the other.
"""

import json
import os
import unittest

import population
import schema
import testing

_TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_EXPECTED = os.path.join(_TESTS, "Fixtures", "second-population", "expected.json")

_TEMPLATES = {
    ("apps", "deployments"): "spec.template.spec",
    ("apps", "replicasets"): "spec.template.spec",
    ("apps", "statefulsets"): "spec.template.spec",
    ("apps", "daemonsets"): "spec.template.spec",
    ("", "replicationcontrollers"): "spec.template.spec",
    ("", "podtemplates"): "template.spec",
    ("", "pods"): "spec",
    ("apps", "controllerrevisions"): "data.spec.template.spec",
    ("batch", "jobs"): "spec.template.spec",
    ("batch", "cronjobs"): "spec.jobTemplate.spec.template.spec",
}


def _at(value, path):
    for step in path.replace("[", ".").replace("]", "").split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    return value


def _images(value, path):
    """{(namespace, container, role, image)} of one object's pod spec."""
    spec = _at(value, path)
    namespace = value["metadata"]["namespace"]
    for field, role in (
        ("containers", "container"),
        ("initContainers", "init"),
        ("ephemeralContainers", "ephemeral"),
    ):
        for entry in spec.get(field, ()):
            is_sidecar = role == "init" and entry.get("restartPolicy") == "Always"
            yield namespace, entry["name"], "sidecar" if is_sidecar else role, entry["image"]
    for volume in spec.get("volumes", ()):
        if "image" in volume:
            yield namespace, volume["name"], "image-volume", volume["image"]["reference"]


class SecondPopulationTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = population.build("second", "current", 0)
        with open(_EXPECTED) as file:
            cls.expected = json.load(file)

    def _objects(self):
        kinds = {(entry.group, entry.name): entry for entry in self.cluster.types}
        for key, collection in self.cluster.collections.items():
            for item in collection.items:
                yield key, kinds[key].kind, item.object

    def test_every_use_stands_where_it_is_expected(self):
        objects = {
            (value["metadata"].get("namespace", ""), kind, value["metadata"]["name"]): value
            for _, kind, value in self._objects()
        }
        for workload in self.expected["workloads"] + self.expected["customResources"]:
            if workload.get("ownerIsRead") is False:
                continue
            key = (workload["namespace"], workload["kind"], workload["name"])
            for use in workload["uses"]:
                with self.subTest(workload=key, image=use["image"]):
                    self.assertIn(key, objects)
                    if "path" in use and use.get("origin", "template") == "template":
                        self.assertEqual(_at(objects[key], use["path"]), use["image"])
                        if "role" in use and use["role"] != "image-volume":
                            holder = _at(objects[key], use["path"].rpartition(".")[0])
                            self.assertEqual(holder["name"], use["container"])
                            self.assertEqual(holder["imagePullPolicy"], use["pullPolicy"])
            replicas = objects[key].get("spec", {}).get("replicas") if key in objects else None
            if replicas is not None and "desired" in workload:
                self.assertEqual(replicas, workload["desired"])

    def test_no_image_of_a_built_in_kind_is_forgotten(self):
        wanted = {
            (workload["namespace"], use["container"], use["role"], use["image"])
            for workload in self.expected["workloads"]
            for use in workload["uses"]
        }
        found = {
            entry
            for key, _, value in self._objects()
            if key in _TEMPLATES
            for entry in _images(value, _TEMPLATES[key])
        }
        self.assertEqual(found - wanted, set())
        self.assertEqual(wanted - found, set())

    def test_pods_and_waiting_reasons(self):
        pods = [item.object for item in self.cluster.collections["", "pods"].items]
        for workload in self.expected["workloads"]:
            for use in workload["uses"]:
                holding = [
                    pod
                    for pod in pods
                    if pod["status"]["phase"] not in ("Succeeded", "Failed")
                    and (workload["namespace"], use["container"], use["role"], use["image"])
                    in set(_images(pod, "spec"))
                ]
                with self.subTest(workload=workload["name"], image=use["image"]):
                    self.assertEqual(len(holding), use["pods"])
                    reason = use.get("failing") or use.get("waiting")
                    if reason:
                        self.assertIn('"reason": "%s"' % reason, json.dumps(holding))

    def test_namespaces_without_workloads(self):
        taken = {workload["namespace"] for workload in self.expected["workloads"]}
        names = {item.name for item in self.cluster.collections["", "namespaces"].items}
        self.assertEqual(sorted(names - taken), self.expected["emptyNamespaces"])

    def test_legacy_is_exact(self):
        legacy = ("gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io")
        for workload in self.expected["workloads"]:
            for use in workload["uses"]:
                if use.get("kind"):
                    continue
                parts = use["image"].split("/")
                host = parts[0].partition(":")[0].lower()
                is_legacy = host == "k8s.gcr.io" or (
                    host in legacy and parts[1] in ("google_containers", "google-containers")
                )
                with self.subTest(use["image"]):
                    self.assertEqual(use["legacy"], is_legacy)

    def test_it_is_served_in_both_encodings(self):
        site = testing.InProcess(self.cluster)
        for entry in self.cluster.types:
            if "list" in entry.verbs and not entry.custom:
                root = "/apis/" + entry.api_version if entry.group else "/api/v1"
                accept = "application/vnd.kubernetes.protobuf,application/json"
                with self.subTest(entry.name):
                    self.assertEqual(site.ask(root + "/" + entry.name, accept=accept)[0], 200)


class OtherPopulationTests(unittest.TestCase):
    def test_the_migrated_cluster_has_only_history_of_the_old_registry(self):
        cluster = population.build("migrated", "current", 0)
        for name in ("deployments", "daemonsets"):
            for item in cluster.collections["apps", name].items:
                self.assertNotIn(b"k8s.gcr.io", item.json)
        revisions = cluster.collections["apps", "replicasets"].items
        old = [item for item in revisions if b"k8s.gcr.io" in item.json]
        self.assertEqual(len(old), 10)
        self.assertEqual({item.object["spec"]["replicas"] for item in old}, {0})
        for item in cluster.collections["", "pods"].items:
            if b"k8s.gcr.io" in item.json:
                self.assertIn(item.object["status"]["phase"], ("Succeeded", "Failed"))

    def test_lone_objects_share_nothing(self):
        cluster = population.build("scale", "current", 20, bare=10)
        pods = [item.object for item in cluster.collections["", "pods"].items]
        pods = [pod for pod in pods if pod["metadata"]["name"].startswith("lone-")]
        jobs = [item.object for item in cluster.collections["batch", "jobs"].items]
        self.assertEqual((len(pods), len(jobs)), (5, 5))
        specs = [pod["spec"] for pod in pods] + [job["spec"]["template"]["spec"] for job in jobs]
        self.assertEqual(len({spec["containers"][0]["image"] for spec in specs}), 10)
        self.assertEqual(len({entry["metadata"]["uid"] for entry in pods + jobs}), 10)
        self.assertFalse(any("ownerReferences" in pod["metadata"] for pod in pods))

    def test_the_number_of_workloads_may_be_given(self):
        cluster = population.build("scale", "current", 100, workloads=7)
        self.assertEqual(len(cluster.collections["apps", "deployments"].items), 7)
        pods = [item.object for item in cluster.collections["", "pods"].items]
        self.assertEqual(len({pod["metadata"]["uid"] for pod in pods}), 100)

    def test_the_scale_cluster_is_consistent(self):
        cluster = population.build("scale", "current", 1003)
        pods = cluster.collections["", "pods"].items
        self.assertEqual(len({item.key for item in pods}), 1003)
        self.assertEqual(len({item.object["metadata"]["uid"] for item in pods}), 1003)
        for item in (pods[0], pods[500], pods[-1]):
            decoded = schema.decode("Pod", item.protobuf)
            self.assertEqual(decoded["metadata"]["name"], item.object["metadata"]["name"])
            self.assertEqual(decoded["spec"]["nodeName"], item.object["spec"]["nodeName"])
            self.assertEqual(decoded["metadata"]["uid"], item.object["metadata"]["uid"])
        self.assertGreater(len(pods[0].json), 8000)


if __name__ == "__main__":
    unittest.main()
