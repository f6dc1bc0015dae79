"""Older releases serve what those releases had."""

import json
import unittest

import discovery
import population
import recorded
import schema
import testing
import wire


def _pod_specs(site, target):
    for value in site.json(target)["items"]:
        yield value["spec"] if "containers" in value["spec"] else value["spec"]["template"]["spec"]


class ProfileTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sites = {
            name: testing.InProcess(population.build("recorded", name, 0))
            for name in population.PROFILES
        }

    def test_versions_and_documents(self):
        for name, version, aggregated, openapi in (
            ("current", "v1.36.2", True, True),
            ("1.24", "v1.24.17", False, True),
            ("1.20", "v1.20.15", False, False),
            ("1.16", "v1.16.15", False, False),
        ):
            with self.subTest(name):
                site = self.sites[name]
                self.assertEqual(site.json("/version")["gitVersion"], version)
                kind = site.json("/apis", accept=discovery.AGGREGATED_TYPE + ",application/json")
                wanted = "APIGroupDiscoveryList" if aggregated else "APIGroupList"
                self.assertEqual(kind["kind"], wanted)
                self.assertEqual(site.ask("/openapi/v3")[0], 200 if openapi else 404)

    def test_cron_jobs(self):
        for name, served in (
            ("current", {"v1"}),
            ("1.24", {"v1", "v1beta1"}),
            ("1.20", {"v1beta1"}),
            ("1.16", {"v1beta1"}),
        ):
            for version in ("v1", "v1beta1"):
                with self.subTest(name=name, version=version):
                    target = "/apis/batch/%s/cronjobs" % version
                    status, _, body, _ = self.sites[name].ask(target)
                    self.assertEqual(status == 200, version in served)
                    if status == 200:
                        value = json.loads(body)
                        self.assertEqual(value["apiVersion"], "batch/" + version)
                        self.assertEqual(len(value["items"]), 24)
                        _, _, body, _ = self.sites[name].ask(target, accept=testing.PROTOBUF)
                        self.assertEqual(wire.unwrap(body)[0], "batch/" + version)
                        self.assertEqual(len(wire.split_list(wire.unwrap(body)[2])[1]), 24)
            with self.subTest(name=name, what="jobs"):
                self.assertEqual(self.sites[name].ask("/apis/batch/v1/jobs")[0], 200)

    def test_fields_that_the_release_did_not_have(self):
        def count(name, predicate):
            pods = _pod_specs(self.sites[name], "/api/v1/pods")
            return sum(1 for spec in pods if predicate(spec))

        def ephemeral(spec):
            return "ephemeralContainers" in spec

        def sidecar(spec):
            return any("restartPolicy" in entry for entry in spec.get("initContainers", ()))

        def image_volume(spec):
            return any("image" in volume for volume in spec.get("volumes", ()))

        for name in self.sites:
            with self.subTest(name):
                self.assertEqual(count(name, ephemeral) > 0, name in ("current", "1.24"))
                self.assertEqual(count(name, sidecar) > 0, name == "current")
                self.assertEqual(count(name, image_volume) > 0, name == "current")
        jobs = self.sites["1.20"].json("/apis/batch/v1/jobs")["items"]
        owners = {
            owner["apiVersion"]
            for job in jobs
            for owner in job["metadata"].get("ownerReferences", ())
            if owner["kind"] == "CronJob"
        }
        self.assertEqual(owners, {"batch/v1beta1"})
        pod = self.sites["1.16"].json("/api/v1/pods?limit=1")["items"][0]["metadata"]
        self.assertNotIn("managedFields", pod)
        self.assertEqual(
            pod["selfLink"], "/api/v1/namespaces/%s/pods/%s" % (pod["namespace"], pod["name"])
        )

    def test_json_and_protobuf_agree(self):
        for name in self.sites:
            for target in ("/api/v1/pods", "/apis/apps/v1/deployments", "/apis/batch/v1/jobs"):
                with self.subTest(name=name, target=target):
                    plain = self.sites[name].json(target)
                    _, _, body, _ = self.sites[name].ask(target, accept=testing.PROTOBUF)
                    _, kind, raw = wire.unwrap(body)
                    images = [
                        json.dumps(schema.decode(kind[:-4], item)).count('"image"')
                        for item in wire.split_list(raw)[1]
                    ]
                    self.assertEqual(
                        images, [json.dumps(value).count('"image"') for value in plain["items"]]
                    )

    def test_every_discovered_list_is_served(self):
        for name, site in self.sites.items():
            for entry in site.router.cluster.types:
                if "list" not in entry.verbs:
                    continue
                root = "/apis/" + entry.api_version if entry.group else "/api/v1"
                with self.subTest(name=name, list=root + "/" + entry.name):
                    status, _, body, _ = site.ask(root + "/" + entry.name)
                    self.assertEqual(status, 200)
                    self.assertEqual(json.loads(body)["apiVersion"], entry.api_version)

    def test_old_definitions_have_both_versions(self):
        for version in ("v1", "v1beta1"):
            target = "/apis/apiextensions.k8s.io/%s/customresourcedefinitions" % version
            items = self.sites["1.16"].json(target)["items"]
            self.assertEqual(len(items), 12)
            self.assertEqual(
                all("validation" in item["spec"] for item in items
                    if len(item["spec"]["versions"]) == 1),
                version == "v1beta1",
            )  # fmt: skip

    def test_generated_discovery_is_the_recorded_one(self):
        """Other populations have generated documents; here both can be had."""
        cluster = recorded.load()
        generated = testing.InProcess(cluster)
        cluster.recorded_discovery = {}
        for path in ("/apis/apps/v1", "/apis/argoproj.io/v1alpha1", "/api/v1"):
            mine = generated.json(path)["resources"]
            wanted = self.sites["current"].json(path)["resources"]
            by_name = {entry["name"]: entry for entry in wanted}
            for entry in mine:
                with self.subTest(path=path, name=entry["name"]):
                    by_name[entry["name"]].pop("storageVersionHash", None)
                    self.assertEqual(entry, by_name[entry["name"]])
        accept = discovery.AGGREGATED_TYPE
        for path in ("/api", "/apis"):
            mine = generated.json(path, accept=accept)["items"]
            wanted = self.sites["current"].json(path, accept=accept)["items"]
            for one, other in zip(mine, wanted):
                self.assertEqual(one["metadata"].get("name"), other["metadata"].get("name"))
                for left, right in zip(one["versions"], other["versions"]):
                    self.assertEqual(
                        [entry["resource"] for entry in left["resources"]],
                        [entry["resource"] for entry in right["resources"]],
                    )

    def test_openapi_documents(self):
        site = self.sites["current"]
        index = site.json("/openapi/v3")["paths"]
        for name in ("apis/sparkoperator.k8s.io/v1beta2", "apis/argoproj.io/v1alpha1", "api/v1"):
            address = index[name]["serverRelativeURL"]
            with self.subTest(name):
                status, content_type, body, headers = site.ask(address)
                self.assertEqual((status, content_type), (200, testing.JSON))
                etag = headers["Etag"]
                self.assertEqual(etag.strip('"'), address.partition("?hash=")[2])
                self.assertEqual(site.ask(address, if_none_match=etag)[0], 304)
                stale = address.partition("?")[0] + "?hash=OLD"
                self.assertEqual(site.ask(stale)[3]["Location"], address)


if __name__ == "__main__":
    unittest.main()
