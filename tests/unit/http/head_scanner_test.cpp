#include "http/head_scanner.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace weft {
namespace {

struct Scanned {
    HeadScan outcome = HeadScan::need_more;
    std::size_t begin = 0;
    std::size_t end = 0;  // of the bytes looked at

    bool operator==(const Scanned&) const = default;
};

Scanned outcome_of(HeadScanner& scanner, std::string_view bytes) {
    const HeadScan outcome = scanner.scan(bytes);
    return {outcome, scanner.begin(), scanner.end()};
}

// The outcome of the whole, after checking that a buffer that grows byte by byte has the same.
Scanned scan(MessageKind kind, std::string_view bytes, const HeadLimits& limits = {}) {
    HeadScanner whole{kind, limits};
    const Scanned expected = outcome_of(whole, bytes);
    HeadScanner drip{kind, limits};
    Scanned last;
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        last = outcome_of(drip, bytes.substr(0, size));
    }
    EXPECT_TRUE(last == expected) << bytes.substr(0, 100);
    EXPECT_EQ(whole.reason().empty(), static_cast<int>(expected.outcome) <= 1);
    return expected;
}

HeadScan scan_request(const std::string& bytes, const HeadLimits& limits = {}) {
    return scan(MessageKind::request, bytes, limits).outcome;
}

HeadScan scan_response(const std::string& bytes, const HeadLimits& limits = {}) {
    return scan(MessageKind::response, bytes, limits).outcome;
}

TEST(HeadScanner, FindsTheEndOfAHead) {
    const auto scanned = scan(MessageKind::request, "GET / HTTP/1.1\r\nA: b\r\n\r\nbody");
    EXPECT_EQ(scanned.outcome, HeadScan::complete);
    EXPECT_EQ(scanned.begin, 0U);
    EXPECT_EQ(scanned.end, std::string_view{"GET / HTTP/1.1\r\nA: b\r\n\r\n"}.size());
}

TEST(HeadScanner, SkipsOneEmptyLineBeforeARequestOnly) {
    const auto scanned = scan(MessageKind::request, "\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(scanned.outcome, HeadScan::complete);
    EXPECT_EQ(scanned.begin, 2U);
    EXPECT_EQ(scan_request("\r\n\r\nGET / HTTP/1.1\r\n\r\n"), HeadScan::malformed);
    EXPECT_EQ(scan_response("\r\nHTTP/1.1 200 OK\r\n\r\n"), HeadScan::malformed);
}

TEST(HeadScanner, RefusesABadByteAsSoonAsItIsThere) {
    for (const std::string& beginning : {
             std::string{"\n"},
             std::string{"\rX"},
             std::string{"\x16\x03"},
             std::string{" "},
             std::string{"GET\t"},
             std::string{"G(T"},
             std::string{"GET  "},
             std::string{"GET /\n"},
             std::string{"GET /\r"},
             std::string{"GET /a\t"},
             std::string{"GET /\xc3"},
             std::string{"GET /a#"},
             std::string{"GET / http"},
             std::string{"GET / HTTP/1,"},
             std::string{"GET / HTTP/11"},
             std::string{"GET / HTTP/01"},
             std::string{"GET / HTTP/1.1 "},
             std::string{"GET / HTTP/1.1\n"},
             std::string{"GET / HTTP/1.10"},
             std::string{"GET / HTTP/1.1\rX"},
             std::string{"GET / HTTP/1.1\r\n\n"},
             std::string{"GET / HTTP/1.1\r\n\rX"},
             std::string{"GET / HTTP/1.1\r\n "},
             std::string{"GET / HTTP/1.1\r\n\t"},
             std::string{"GET / HTTP/1.1\r\n:"},
             std::string{"GET / HTTP/1.1\r\nA "},
             std::string{"GET / HTTP/1.1\r\nA\t"},
             std::string{"GET / HTTP/1.1\r\nA\r"},
             std::string{"GET / HTTP/1.1\r\nA_"},
             std::string{"GET / HTTP/1.1\r\nA[:"},
             std::string{"GET / HTTP/1.1\r\nA\x85"},
             std::string{"GET / HTTP/1.1\r\nA: b\n"},
             std::string{"GET / HTTP/1.1\r\nA: b\rX"},
             std::string{"GET / HTTP/1.1\r\nA: b\x07"},
             std::string{"GET / HTTP/1.1\r\nA: b\x7f"},
             std::string{"GET / HTTP/1.1\r\nA: b\v"},
             std::string{"GET / HTTP/1.1\r\nA: b\0", 21},
             std::string{"GET / HTTP/1.1\r\nA: b\r\n c"},
         }) {
        EXPECT_EQ(scan_request(beginning), HeadScan::malformed) << beginning;
    }
}

TEST(HeadScanner, LetsObsTextAndTabsPassInValues) {
    EXPECT_EQ(scan_request("GET / HTTP/1.1\r\nA:\t\xff b\t\r\n\r\n"), HeadScan::complete);
}

TEST(HeadScanner, SpeaksVersionsOneOneAndOneZeroOnly) {
    for (const char* version : {"1.0", "1.1"}) {
        const std::string head = std::string{"GET / HTTP/"} + version + "\r\n\r\n";
        EXPECT_EQ(scan_request(head), HeadScan::complete) << version;
    }
    for (const char* version : {"0.9", "1.2", "2.0", "9.9", "3.1"}) {
        const std::string head = std::string{"GET / HTTP/"} + version + "\r\n\r\n";
        EXPECT_EQ(scan_request(head), HeadScan::version_unsupported) << version;
    }
}

TEST(HeadScanner, HoldsEachLimitToTheByte) {
    const HeadLimits limits{.head = 100, .fields = 2, .field = 20, .target = 10};
    const std::string line = "GET / HTTP/1.1\r\n";
    EXPECT_EQ(scan_request("GET /123456789 HTTP/1.1\r\n\r\n", limits), HeadScan::complete);
    EXPECT_EQ(scan_request("GET /1234567890", limits), HeadScan::target_too_long);
    EXPECT_EQ(scan_request(line + "A: 45678901234567890\r\n\r\n", limits), HeadScan::complete);
    EXPECT_EQ(scan_request(line + "A: 456789012345678901", limits), HeadScan::too_large);
    EXPECT_EQ(scan_request(line + "Abcdefghijklmnopqrs:\r\n\r\n", limits), HeadScan::complete);
    EXPECT_EQ(scan_request(line + "Abcdefghijklmnopqrst", limits), HeadScan::too_large);
    EXPECT_EQ(scan_request(line + "A:\r\nB:\r\n\r\n", limits), HeadScan::complete);
    EXPECT_EQ(scan_request(line + "A:\r\nB:\r\nC", limits), HeadScan::too_large);
}

TEST(HeadScanner, HoldsTheLimitOfTheWholeHeadToTheByte) {
    const std::string head = "GET / HTTP/1.1\r\nA: b\r\n\r\n";
    EXPECT_EQ(scan_request(head, {.head = head.size()}), HeadScan::complete);
    EXPECT_EQ(scan_request(head, {.head = head.size() - 1}), HeadScan::too_large);
    EXPECT_EQ(scan_request(head + "body", {.head = head.size()}), HeadScan::complete);
}

TEST(HeadScanner, NeverAllowsALargerHeadThanBeastCanTake) {
    HeadLimits limits;
    limits.head = limits.field = 1024 * 1024;
    HeadScanner scanner{MessageKind::request, limits};
    const std::string head = "GET / HTTP/1.1\r\nA: " + std::string(70'000, 'a') + "\r\n\r\n";
    EXPECT_EQ(scanner.scan(head), HeadScan::too_large);
}

TEST(HeadScanner, GivesUpOnAMethodThatNoOneHas) {
    EXPECT_EQ(scan_request(std::string(32, 'A') + " / HTTP/1.1\r\n\r\n"), HeadScan::complete);
    EXPECT_EQ(scan_request(std::string(33, 'A')), HeadScan::method_too_long);
}

TEST(HeadScanner, TakesStatusLines) {
    for (const char* line :
         {"HTTP/1.1 200 OK",
          "HTTP/1.0 404 Not  Found\t",
          "HTTP/1.1 100 ",
          "HTTP/1.1 599",
          "HTTP/1.1 200 \xe9t\xe9"}) {
        EXPECT_EQ(scan_response(std::string{line} + "\r\nA_b: c\r\n\r\n"), HeadScan::complete)
            << line;
    }
}

TEST(HeadScanner, RefusesOtherStatusLines) {
    for (const char* line :
         {"HTTP/1.1  200 OK",
          "HTTP/1.1\t200 OK",
          "HTTP/1.1 99 OK",
          "HTTP/1.1 099 OK",
          "HTTP/1.1 600 OK",
          "HTTP/1.1 2000",
          "HTTP/1.1 20",
          "HTTP/1.1 2x0 OK",
          "HTTP/1.1 200\tOK",
          "HTTP/1.1 200 O\x01K",
          "HTTP/1.1",
          "http/1.1 200 OK",
          "ICY 200 OK"}) {
        EXPECT_EQ(scan_response(std::string{line} + "\r\n\r\n"), HeadScan::malformed) << line;
    }
    EXPECT_EQ(scan_response("HTTP/1.1 200 OK\n\n"), HeadScan::malformed);
    EXPECT_EQ(scan_response("HTTP/2.0 200 OK\r\n\r\n"), HeadScan::version_unsupported);
    EXPECT_EQ(scan_response("HTTP/1.1 200 " + std::string(9000, 'a')), HeadScan::too_large);
}

TEST(HeadScanner, StartsAgain) {
    HeadScanner scanner{MessageKind::request, {}};
    ASSERT_EQ(scanner.scan("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n"), HeadScan::complete);
    scanner.restart();
    ASSERT_EQ(scanner.scan("GET / HTTP/1.0\r\n\r\n"), HeadScan::complete);
    EXPECT_EQ(scanner.begin(), 0U);
    EXPECT_EQ(scanner.end(), 18U);
}

}  // namespace
}  // namespace weft
