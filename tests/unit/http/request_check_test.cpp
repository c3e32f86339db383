// What RequestCheck decides, seen through the reader so that each request is also split at every
// offset.
#include <gtest/gtest.h>

#include <string>

#include "unit/http/read_request.hpp"

namespace weft {
namespace {

struct Refusal {
    std::string bytes;
    FailureKind kind;
};

TEST(RequestCheck, RefusesWhatItDoesNotKnow) {
    const std::string host = "Host: a.test\r\n";
    for (const Refusal& refusal : {
             Refusal{"get /x HTTP/1.1\r\n" + host + "\r\n", FailureKind::method_unknown},
             Refusal{"BREW /x HTTP/1.1\r\n" + host + "\r\n", FailureKind::method_unknown},
             Refusal{"TRACE /x HTTP/1.1\r\n" + host + "\r\n", FailureKind::method_unknown},
             Refusal{"CONNECT a.test:1 HTTP/1.1\r\n" + host + "\r\n", FailureKind::method_unknown},
             Refusal{"CONNECT a.test HTTP/1.1\r\n" + host + "\r\n", FailureKind::bad_request},
             Refusal{"CONNECT /x HTTP/1.1\r\n" + host + "\r\n", FailureKind::bad_request},
             Refusal{"GET /x HTTP/2.0\r\n" + host + "\r\n", FailureKind::version_unsupported},
             Refusal{get(host + "Expect: 200-ok\r\n"), FailureKind::expectation_failed},
             Refusal{get(host + "Expect:\r\n"), FailureKind::expectation_failed},
             Refusal{
                 get(host + "Transfer-Encoding: gzip, chunked\r\n"),
                 FailureKind::request_coding_unknown},
         }) {
        EXPECT_EQ(failure_of(refusal.bytes), refusal.kind) << refusal.bytes;
    }
}

TEST(RequestCheck, WantsExactlyOneValidHost) {
    EXPECT_EQ(failure_of(get("")), FailureKind::bad_request);
    EXPECT_EQ(failure_of(get("Host:\r\n")), FailureKind::bad_request);
    EXPECT_EQ(failure_of(get("Host: a/b\r\n")), FailureKind::bad_request);
    EXPECT_EQ(failure_of(get("Host: a\r\nhost: a\r\n")), FailureKind::bad_request);
    EXPECT_EQ(failure_of("GET / HTTP/1.0\r\n\r\n"), std::nullopt);
    EXPECT_EQ(failure_of("GET / HTTP/1.0\r\nHost: a b\r\n\r\n"), FailureKind::bad_request);
}

TEST(RequestCheck, CutsAbsoluteFormToOriginForm) {
    const auto target = [](const std::string& line) {
        return read_request(line + " HTTP/1.1\r\nHost: a.test:1\r\n\r\n").target;
    };
    EXPECT_EQ(target("GET http://a.test:1/b?c"), "/b?c");
    EXPECT_EQ(target("GET HTTP://A.Test:1/b"), "/b");
    EXPECT_EQ(target("GET http://a.test:1"), "/");
    EXPECT_EQ(target("GET http://a.test:1?c=d"), "/?c=d");
    EXPECT_EQ(target("OPTIONS http://a.test:1"), "*");
    EXPECT_EQ(target("OPTIONS http://a.test:1/"), "/");
    EXPECT_EQ(target("OPTIONS *"), "*");
}

TEST(RequestCheck, TakesTheAuthorityOfAnAbsoluteFormWithoutHost) {
    RequestReader reader;
    feed(reader, "GET http://a.test?b HTTP/1.0\r\n\r\n");
    const auto head = reader.read_head();
    ASSERT_TRUE(head);
    ASSERT_NE(*head, nullptr);
    EXPECT_EQ((*head)->authority, "a.test");
    EXPECT_EQ((*head)->path, "/");
    EXPECT_EQ((*head)->query, "b");
}

TEST(RequestCheck, RefusesOtherTargets) {
    for (const char* line :
         {"GET *",
          "GET x",
          "GET a.test:80",
          "GET http:/x",
          "GET http:///x",
          "GET http://",
          "GET http://b.test/",
          "GET http://a.test:80/",
          "GET http://u@a.test/",
          "GET https://a.test/",
          "GET ftp://a.test/",
          "GET http://a.test/../x",
          "OPTIONS *x",
          "GET /%zz",
          "GET /[x]"}) {
        const std::string request = std::string{line} + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
        EXPECT_EQ(failure_of(request), FailureKind::bad_request) << line;
    }
}

TEST(RequestCheck, DecidesTheFramingStrictly) {
    for (const char* fields :
         {"Content-Length: 1\r\nContent-Length: 1\r\n",
          "Content-Length: 1, 1\r\n",
          "Content-Length: +1\r\n",
          "Content-Length:\r\n",
          "Content-Length: 0x1\r\n",
          "Content-Length: 1 1\r\n",
          "Content-Length: 10000000000000000000\r\n",
          "Content-Length: 18446744073709551617\r\n",
          "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Transfer-Encoding: chunked,\r\n",
          "Transfer-Encoding: ,chunked\r\n",
          "Transfer-Encoding:\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked;a=b\r\n",
          "Transfer-Encoding: \"chunked\"\r\n",
          "Connection: content-length\r\n",
          "Connection: close, Transfer-Encoding\r\n",
          "Connection: HOST\r\n",
          "Connection: a b\r\n"}) {
        const std::string request = get(std::string{"Host: a.test\r\n"} + fields);
        EXPECT_EQ(failure_of(request), FailureKind::bad_request) << fields;
    }
    EXPECT_EQ(
        failure_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        FailureKind::bad_request
    );
}

TEST(RequestCheck, RefusesMoreConnectionOptionsThanAnyoneNeeds) {
    std::string many = "Host: a\r\nConnection: a0";
    for (int i = 1; i < 32; ++i) many += ",a" + std::to_string(i);
    EXPECT_EQ(failure_of(get(many + "\r\n")), std::nullopt);
    EXPECT_EQ(failure_of(get(many + ",b\r\n")), FailureKind::bad_request);
}

TEST(RequestCheck, SaysWhetherTheConnectionStaysOpen) {
    struct Row {
        const char* head;
        bool keep_alive;
    };
    for (const Row& row : {
             Row{"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
             Row{"GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Close\r\n\r\n", false},
             Row{"GET / HTTP/1.1\r\nHost: a\r\nConnection: , x ,\r\n\r\n", true},
             Row{"GET / HTTP/1.0\r\n\r\n", false},
             Row{"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true},
         }) {
        RequestReader reader;
        feed(reader, row.head);
        const auto head = reader.read_head();
        ASSERT_TRUE(head && *head != nullptr) << row.head;
        EXPECT_EQ((*head)->keep_alive, row.keep_alive) << row.head;
    }
}

TEST(RequestCheck, ExpectsAContinueOnlyForABodyInHttp11) {
    struct Row {
        const char* head;
        bool expected;
    };
    for (const Row& row : {
             Row{"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n",
                 true},
             Row{"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
                 false},
             Row{"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", false},
             Row{"PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", false},
         }) {
        RequestReader reader;
        feed(reader, row.head);
        const auto head = reader.read_head();
        ASSERT_TRUE(head && *head != nullptr) << row.head;
        EXPECT_EQ((*head)->expect_continue, row.expected) << row.head;
    }
}

}  // namespace
}  // namespace weft
