"""The recorded cluster is served as it was recorded, and the codec reads every recorded byte."""

import base64
import glob
import json
import os
import re
import unittest
import zlib

import recorded
import schema
import testing
import wire

# These need a broken aggregated API, or a server that has just started.
_OTHER_SERVERS = ("broken-apiservice", "error-429")
_TOKENS = {
    "limited": "Bearer limited-token",
    "viewer": "Bearer viewer-token",
    "some-unknown-token": "Bearer nobody-knows-this",
    "anonymous": None,
}


def _clean(value):
    """Without the empty values that protobuf does not tell from absent ones."""
    if isinstance(value, dict):
        cleaned = {key: _clean(entry) for key, entry in value.items()}
        return {
            key: entry for key, entry in cleaned.items() if entry not in (None, "", 0, {}, [])
        }
    if isinstance(value, list):
        return [_clean(entry) for entry in value]
    return value


class RecordingTests(unittest.TestCase):
    def test_every_recorded_answer_is_given_again(self):
        cluster = recorded.load()
        site = testing.InProcess(cluster)
        compared = 0
        for entry in json.loads(recorded.read("index.json")):
            name = entry["name"]
            if not os.path.exists(recorded.path(name + ".body")) or name.startswith(_OTHER_SERVERS):
                continue
            wanted = recorded.read(name + ".body")
            found = re.search(rb'"resourceVersion":"(68\d\d)"', wanted[:400] + wanted[-100:])
            found = found or re.search(rb"\x12\x04(68\d\d)", wanted[:200])
            found = found or re.search(rb"current: (68\d\d)", wanted)
            cluster.resource_version = int(found.group(1)) if found else 6874
            more = {}
            for line in entry.get("extraRequestHeaders", ()):
                field, _, value = line.partition(": ")
                more[field.lower().replace("-", "_")] = value
            if "gzip" in str(more):
                more = {}
                if wanted[:2] == b"\x1f\x8b":
                    wanted = zlib.decompress(wanted, 31)
                    version = re.search(rb'"resourceVersion":"(\d+)"', wanted[:200])
                    version = version or re.search(rb"\x12\x04(68\d\d)", wanted[:200])
                    cluster.resource_version = int(version.group(1))
            status, content_type, body, _ = site.ask(
                entry["request"].partition(" ")[2],
                accept=entry["accept"],
                authorization=_TOKENS.get(entry["user"], testing.ADMIN),
                **more
            )
            with self.subTest(name):
                self.assertEqual(str(status), entry["status"].split()[1])
                self.assertEqual(content_type, recorded.headers(name).get("content-type"))
                if name not in ("error-400-bad-continue", "readyz"):
                    self.assertEqual(body == wanted, True, "%r\n%r" % (body[:300], wanted[:300]))
            compared += 1
        self.assertGreater(compared, 140)

    def test_the_codec_reads_and_writes_every_recorded_object(self):
        checked = 0
        for path in sorted(glob.glob(recorded.path("all-*-protobuf.body"))):
            with open(path, "rb") as file:
                _, kind, raw = wire.unwrap(file.read())
            kind = kind[: -len("List")]
            if kind not in schema.MESSAGES:
                continue
            with open(path.replace("-protobuf", "-json"), "rb") as file:
                objects = json.load(file)["items"]
            encoded = wire.split_list(raw)[1]
            self.assertEqual(len(encoded), len(objects))
            for message, value in zip(encoded, objects):
                self.assertEqual(_clean(schema.decode(kind, message)), _clean(value))
                again = schema.decode(kind, schema.encode(kind, value))
                self.assertEqual(_clean(again), _clean(value))
                checked += 1
        self.assertGreater(checked, 2000)

    def test_an_unknown_field_is_no_silent_loss(self):
        with self.assertRaises(schema.UnknownField):
            schema.encode("Pod", {"metadata": {"name": "a"}, "spec": {"containrs": []}})

    def test_a_truncated_message_is_refused(self):
        body = recorded.read("list-pods-empty-ns-protobuf.body")
        with self.assertRaises(wire.WireError):
            wire.unwrap(body[:-6])
        with self.assertRaises(wire.WireError):
            wire.read_varint(b"\xff" * 11, 0)


class PagingTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = testing.InProcess(recorded.load())

    def test_pages_of_json_are_the_whole_list(self):
        whole = self.site.json("/api/v1/pods")["items"]
        items, token, sizes = [], "", []
        while True:
            page = self.site.json("/api/v1/pods?limit=50&continue=" + token)
            items += page["items"]
            sizes.append(len(page["items"]))
            token = page["metadata"].get("continue", "")
            self.assertEqual(page["metadata"].get("remainingItemCount", 0), 563 - len(items))
            if not token:
                break
        self.assertEqual(sizes, [50] * 11 + [13])
        self.assertEqual(items, whole)

    def test_pages_of_protobuf_are_the_whole_list(self):
        whole = wire.split_list(wire.unwrap(self._protobuf("/api/v1/pods"))[2])[1]
        items, token = [], ""
        while True:
            raw = wire.unwrap(self._protobuf("/api/v1/pods?limit=50&continue=" + token))[2]
            meta, page = wire.split_list(raw)
            items += page
            token = wire.first(meta, 3).decode()
            self.assertEqual(wire.first(meta, 4, 0), 563 - len(items))
            if not token:
                break
        self.assertEqual(len(items), 563)
        self.assertEqual(items == whole, True)

    def _protobuf(self, target):
        status, content_type, body, _ = self.site.ask(target, accept=testing.PROTOBUF)
        self.assertEqual((status, content_type), (200, testing.PROTOBUF))
        return body

    def test_the_watch_cache_ignores_the_limit(self):
        page = self.site.json("/api/v1/pods?limit=5&resourceVersion=0")
        self.assertEqual(len(page["items"]), 563)
        self.assertNotIn("continue", page["metadata"])

    def test_a_filtered_list_does_not_count_the_rest(self):
        page = self.site.json("/api/v1/pods?limit=5&fieldSelector=status.phase%3DPending")
        self.assertEqual(len(page["items"]), 5)
        self.assertIn("continue", page["metadata"])
        self.assertNotIn("remainingItemCount", page["metadata"])
        self.assertEqual({item["status"]["phase"] for item in page["items"]}, {"Pending"})

    def test_an_expired_token_comes_with_a_usable_one(self):
        first = self.site.json("/api/v1/pods?limit=200")
        token = first["metadata"]["continue"]
        padded = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        old = json.loads(padded)
        old["rv"] = 5
        expired = base64.urlsafe_b64encode(json.dumps(old).encode()).decode().rstrip("=")
        status, _, body, _ = self.site.ask("/api/v1/pods?limit=200&continue=" + expired)
        self.assertEqual(status, 410)
        rest = self.site.json(
            "/api/v1/pods?limit=500&continue=" + json.loads(body)["metadata"]["continue"]
        )
        self.assertEqual(len(first["items"]) + len(rest["items"]), 563)

    def test_a_duplicated_page_repeats_the_one_before(self):
        token = self.site.json("/api/v1/pods?limit=50")["metadata"]["continue"]
        self.site.router.faults.add({"path": "continue=", "do": "duplicatePage"})
        page = self.site.json("/api/v1/pods?limit=50&continue=" + token)
        self.assertEqual(len(page["items"]), 100)
        self.assertEqual(page["metadata"]["remainingItemCount"], 463)

    def test_selectors(self):
        for query, count in (
            ("labelSelector=owner%3Dhelm%2Cstatus%3Ddeployed", None),
            ("labelSelector=owner+in+(helm),!nothing", None),
            ("fieldSelector=type%3Dhelm.sh%2Frelease.v1", None),
            ("fieldSelector=metadata.name%3Dno-such", 0),
        ):
            with self.subTest(query):
                found = self.site.json("/api/v1/secrets?" + query)["items"]
                self.assertEqual(bool(found), count is None)
                self.assertLess(len(found), 57)
        status, _, body, _ = self.site.ask("/api/v1/pods?fieldSelector=spec.image%3Dx")
        self.assertEqual(status, 400)
        self.assertIn(b"field label not supported: spec.image", body)

    def test_partial_metadata_in_both_encodings(self):
        accept = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
        plain = self.site.json("/api/v1/pods?limit=3", accept=testing.JSON + accept)
        self.assertEqual(set(plain["items"][0]), {"kind", "apiVersion", "metadata"})
        _, _, body, _ = self.site.ask("/api/v1/pods?limit=3", accept=testing.PROTOBUF + accept)
        self.assertEqual(wire.unwrap(body)[:2], ("meta.k8s.io/v1", "PartialObjectMetadataList"))


if __name__ == "__main__":
    unittest.main()
