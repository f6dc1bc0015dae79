"""The server over real sockets: credentials, keep-alive, the log, and every fault on the wire."""

import base64
import http.client
import json
import socket
import ssl
import time
import unittest
import urllib.error

import schema
import testing
import wire

PODS = "/api/v1/namespaces/team-b/pods"


class CredentialTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = testing.Running()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def test_who_may_do_what(self):
        anonymous = b'User \\"system:anonymous\\" cannot list resource \\"pods\\"'
        for certificate, token, path, status, text in (
            ("admin", None, PODS, 200, b'"PodList"'),
            (None, "admin-token", PODS, 200, b'"PodList"'),
            # A bad certificate is a matter of HTTP, not of TLS.
            ("expired", None, PODS, 401, b"Unauthorized"),
            ("foreign", None, PODS, 401, b"Unauthorized"),
            ("foreign", "admin-token", PODS, 200, b'"PodList"'),
            (None, "nobody-knows-this", PODS, 401, b"Unauthorized"),
            (None, None, PODS, 403, anonymous),
            (None, None, "/version", 200, b"v1.36.2"),
            (None, None, "/apis", 403, b'cannot get path \\"/apis\\"'),
            ("limited", None, "/api/v1/namespaces/team-a/pods", 200, b'"PodList"'),
            ("limited", None, "/api/v1/pods", 403, b"at the cluster scope"),
            (None, "limited-token", "/api/v1/nodes", 403, b"lab-limited"),
            (None, "viewer-token", "/api/v1/secrets", 403, b"lab-viewer"),
            (None, "partial-token", "/api/v1/nodes", 403, b"lab-partial"),
            (None, "partial-token", "/apis/apps/v1/deployments", 200, b"DeploymentList"),
            (None, "nobody-token", "/apis", 200, b"APIGroupList"),
            (None, "namespaced-token", "/api/v1/namespaces", 403, b"lab-namespaced"),
            # A namespace itself stands in itself.
            (None, "namespaced-token", "/api/v1/namespaces/team-a", 200, b'"uid":'),
            (None, "namespaced-token", "/api/v1/namespaces/kube-system", 403,
             b'in the namespace \\"kube-system\\"'),
            ("admin", None, "/api/v1/namespaces/kube-system", 200, b'"uid":'),
            ("admin", None, "/api/v1/namespaces/kube-system/configmaps/kubeadm-config", 200,
             b"ClusterConfiguration"),
        ):  # fmt: skip
            with self.subTest(certificate=certificate, token=token, path=path):
                found, body = self.server.get(path, certificate, token)
                self.assertEqual(found, status)
                self.assertIn(text, body)

    def test_basic_credentials_and_impersonation(self):
        basic = base64.b64encode(b"lab-admin:admin-password").decode()
        status, _ = self.server.get(PODS, Authorization="Basic " + basic)
        self.assertEqual(status, 200)
        status, body = self.server.get(PODS, "admin", **{"Impersonate-User": "lab-limited"})
        self.assertEqual(status, 403)
        self.assertIn(b"lab-limited", body)
        status, body = self.server.get(PODS, "viewer", **{"Impersonate-User": "lab-admin"})
        self.assertEqual(status, 403)
        self.assertIn(b"cannot impersonate", body)

    def test_tokens_change_while_the_server_runs(self):
        self.server.control("/__tokens", {"grant": {"second": "lab-viewer"}})
        self.assertEqual(self.server.get(PODS, token="second")[0], 200)
        self.server.control("/__tokens", {"revoke": ["second"]})
        self.assertEqual(self.server.get(PODS, token="second")[0], 401)

    def test_reviews(self):
        path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
        review = {"kind": "SelfSubjectRulesReview", "spec": {"namespace": "team-a"}}
        status, answer = self._post(path, review, "limited-token")
        self.assertEqual(status, 201)
        self.assertIn(
            {"verbs": ["get", "list", "watch"], "apiGroups": [""], "resources": ["pods"]},
            answer["status"]["resourceRules"],
        )
        review["spec"]["namespace"] = "team-c"
        _, answer = self._post(path, review, "limited-token")
        self.assertEqual(len(answer["status"]["resourceRules"]), 1)
        _, answer = self._post(path, review, "viewer-token")
        core = [rule for rule in answer["status"]["resourceRules"] if rule["apiGroups"] == [""]][0]
        self.assertIn("pods", core["resources"])
        self.assertNotIn("secrets", core["resources"])
        path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        for namespace, allowed in (("team-a", True), ("", False)):
            about = {"verb": "list", "resource": "pods", "namespace": namespace}
            review = {"kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": about}}
            _, answer = self._post(path, review, "limited-token")
            self.assertEqual(answer["status"]["allowed"], allowed)
        self.assertEqual(self._post(path, review, None)[0], 403)

    def test_reviews_in_protobuf(self):
        kind = "SelfSubjectAccessReview"
        about = {"verb": "list", "resource": "pods", "namespace": "team-a"}
        raw = schema.encode(kind, {"spec": {"resourceAttributes": about}})
        connection = self.server.connect("limited")
        self.addCleanup(connection.close)
        connection.request(
            "POST",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            wire.wrap("authorization.k8s.io/v1", kind, raw),
            {"Content-Type": testing.PROTOBUF, "Accept": testing.PROTOBUF},
        )
        answer = wire.unwrap(connection.getresponse().read())
        self.assertEqual(answer[1], kind)
        self.assertEqual(schema.decode(kind, answer[2])["status"], {"allowed": 1})

    def _post(self, path, value, token):
        connection = self.server.connect()
        fields = {"Content-Type": "application/json"}
        if token:
            fields["Authorization"] = "Bearer " + token
        connection.request("POST", path, json.dumps(value), fields)
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        return response.status, answer


class ConnectionTests(unittest.TestCase):
    def test_keep_alive_log_and_statistics(self):
        with testing.Running("--prefix", "/k8s/clusters/c-1") as server:
            connection = server.connect("admin")
            self.addCleanup(connection.close)
            for path, status in (("/k8s/clusters/c-1/api/v1/pods?limit=2", 200), (PODS, 404)):
                connection.request("GET", path, headers={"User-Agent": "tester/1"})
                response = connection.getresponse()
                response.read()
                self.assertEqual(response.status, status)
            connection.request("DELETE", "/k8s/clusters/c-1" + PODS)
            response = connection.getresponse()
            response.read()
            self.assertEqual(response.status, 405)
            log = [json.loads(line) for line in server.control("/__log").splitlines()]
            self.assertEqual([entry["method"] for entry in log], ["GET", "GET", "DELETE"])
            self.assertEqual(log[0]["query"], "limit=2")
            self.assertEqual(log[0]["list"], "pods")
            self.assertEqual(log[0]["user"], "lab-admin")
            self.assertEqual(log[0]["headers"]["user-agent"], "tester/1")
            self.assertEqual({entry["connection"] for entry in log}, {log[0]["connection"]})
            stats = json.loads(server.control("/__stats"))
            self.assertEqual(stats["peakListsInFlight"], 1)
            self.assertEqual(stats["inFlight"], 0)
            server.control("/__reset", {})
            self.assertEqual(server.control("/__log"), "")

    def test_the_token_is_never_logged(self):
        with testing.Running() as server:
            server.get(PODS, token="admin-token")
            log = server.control("/__log")
            self.assertNotIn("admin-token", log.replace("lab-token-admin", ""))
            self.assertEqual(json.loads(log)["authorization"], "Bearer")

    def test_lists_in_flight_are_counted(self):
        slow = {"path": "pods", "do": "delay", "seconds": 0.3, "times": 0}
        with testing.Running("--fault", json.dumps(slow)) as server:
            connections = [server.connect("admin") for _ in range(4)]
            for connection in connections:
                self.addCleanup(connection.close)
            for connection in connections:
                connection.request("GET", PODS)
            for connection in connections:
                connection.getresponse().read()
            stats = json.loads(server.control("/__stats"))
            self.assertEqual(stats["peakListsInFlight"], 4)
            self.assertEqual(stats["peakListsPerResource"], {"pods": 4})

    def test_plain_and_ipv6(self):
        with testing.Running("--plain") as server:
            self.assertEqual(server.get(PODS)[0], 200)
        try:
            with testing.Running("--ipv6") as server:
                self.assertEqual(server.get(PODS, "admin")[0], 200)
        except (json.JSONDecodeError, OSError):
            self.skipTest("this machine has no IPv6 loopback")

    def test_bad_server_certificates(self):
        for name, reason in (
            ("expired", "expired"),
            ("wrong-name", "match"),
            ("other-ca", "unable to get local issuer"),
        ):
            with self.subTest(name), testing.Running("--server-certificate", name) as server:
                with self.assertRaises(ssl.SSLCertVerificationError) as caught:
                    server.get("/version")
                self.assertIn(reason, caught.exception.verify_message)

    def test_gzip_from_128_kilobytes_on(self):
        with testing.Running() as server:
            for path, encoding in ((PODS, "gzip"), (PODS + "?limit=1", None)):
                connection = server.connect("admin")
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = connection.getresponse()
                response.read()
                self.assertEqual(response.getheader("Content-Encoding"), encoding)
                connection.close()


class FaultTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = testing.Running()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def setUp(self):
        self.server.control("/__faults", method="DELETE")

    def _inject(self, **fault):
        self.server.control("/__faults", dict({"path": "^" + PODS}, **fault))

    def _ask(self):
        connection = self.server.connect("admin")
        self.addCleanup(connection.close)
        connection.request("GET", PODS, headers={"User-Agent": "test"})
        return connection.getresponse()

    def test_statuses(self):
        for code, retry_after in (
            (401, None), (403, None), (404, None), (429, 3), (500, None), (502, None), (503, 1),
            (504, None),
        ):  # fmt: skip
            with self.subTest(code):
                self._inject(do="status", code=code, retryAfter=retry_after)
                response = self._ask()
                status = json.loads(response.read())
                self.assertEqual((response.status, status["code"]), (code, code))
                wanted = None if retry_after is None else str(retry_after)
                self.assertEqual(response.getheader("Retry-After"), wanted)
                self.assertEqual(self._ask().status, 200)

    def test_only_the_nth_request_goes_wrong(self):
        self._inject(do="status", code=500, nth=2, times=2)
        self.assertEqual([self._ask().status for _ in range(4)], [200, 500, 500, 200])

    def test_answers_that_are_no_lists(self):
        for kind, status, text in (
            ("gone", 410, b"Expired"),
            ("tooLargeVersion", 504, b"ResourceVersionTooLarge"),
            ("storageInitializing", 429, b"(re)initializing"),
            ("html", 200, b"<!DOCTYPE html>"),
            ("badJSON", 200, b'"a":}'),
            ("redirect", 302, b""),
        ):
            with self.subTest(kind):
                self._inject(do=kind)
                response = self._ask()
                self.assertEqual(response.status, status)
                self.assertIn(text, response.read())
        self._inject(do="empty")
        self.assertEqual(self._ask().read(), b"")
        self._inject(do="huge", bytes=5000000)
        self.assertGreater(len(self._ask().read()), 5000000)
        self._inject(do="contentType", type="text/plain")
        self.assertEqual(self._ask().getheader("Content-Type"), "text/plain")

    def test_bodies_that_break_off(self):
        whole = len(self._ask().read())
        for kind in ("truncateChunked", "truncateLength"):
            with self.subTest(kind):
                self._inject(do=kind, bytes=1000)
                with self.assertRaises(http.client.IncompleteRead) as caught:
                    self._ask().read()
                self.assertLess(len(caught.exception.partial), whole)
        self._inject(do="reset", bytes=1000)
        with self.assertRaises((ConnectionResetError, http.client.IncompleteRead)):
            self._ask().read()
        self._inject(do="close")
        with self.assertRaises(http.client.RemoteDisconnected):
            self._ask()

    def test_slow_answers(self):
        self._inject(do="drip", bytes=40000, seconds=0.02)
        self.assertIn(b'"PodList"', self._ask().read())
        for kind in ("stall", "hang"):
            self._inject(do=kind, bytes=100, seconds=30)
            connection = self.server.connect("admin")
            self.addCleanup(connection.close)
            connection.timeout = 0.3
            started = time.monotonic()
            with self.assertRaises(socket.timeout):
                connection.request("GET", PODS)
                connection.getresponse().read()
            self.assertLess(time.monotonic() - started, 5)

    def test_a_wrong_fault_is_refused(self):
        with self.assertRaises(urllib.error.HTTPError):
            self.server.control("/__faults", {"do": "nonsense"})


if __name__ == "__main__":
    unittest.main()
