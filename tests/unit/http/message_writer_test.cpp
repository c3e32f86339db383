#include "http/message_writer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

TEST(HeadWriter, WritesAnAnswersHead) {
    std::string out = "before ";
    HeadWriter head{out};
    head.status_line(200).field("Date", "today").fields({{"A", "b"}, {"C", ""}});
    head.framing({Framing::length, 18446744073709551615U}).connection(ConnectionOption::close);
    head.end();
    EXPECT_EQ(
        out,
        "before HTTP/1.1 200 OK\r\nDate: today\r\nA: b\r\nC: \r\n"
        "Content-Length: 18446744073709551615\r\nConnection: close\r\n\r\n"
    );
}

TEST(HeadWriter, WritesARequestsHead) {
    std::string out;
    HeadWriter head{out};
    head.request_line(Method::del, "/a?b").field("Host", "a.test");
    head.framing({Framing::chunked, 0}).connection(ConnectionOption::keep_alive).end();
    EXPECT_EQ(
        out,
        "DELETE /a?b HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n"
        "Connection: keep-alive\r\n\r\n"
    );
}

TEST(HeadWriter, WritesNoFramingWhereThereIsNone) {
    std::string out;
    HeadWriter{out}.framing({Framing::none, 0}).framing({Framing::until_close, 0});
    HeadWriter{out}.connection(ConnectionOption::none);
    EXPECT_EQ(out, "");
}

TEST(HeadWriter, LeavesOutFieldsThatWouldNotBeOneField) {
    std::string out;
    HeadWriter head{out};
    head.field("", "v").field("A B", "v").field("A:", "v").field("A\r\nB", "v");
    head.field("A", "v\r\nB: w").field("A", "v\n").field("A", "v\r");
    head.field("A", std::string(1, '\0')).field("A", "\x7f");
    EXPECT_EQ(out, "");
    head.field("A", "\tb \xff");
    EXPECT_EQ(out, "A: \tb \xff\r\n");
}

TEST(HeadWriter, LeavesOutFieldsThatWouldFrameTheMessage) {
    std::string out;
    for (const char* name :
         {"content-length",
          "Transfer-Encoding",
          "CONNECTION",
          "Keep-Alive",
          "Trailer",
          "Upgrade"}) {
        HeadWriter{out}.field(name, "5");
    }
    EXPECT_EQ(out, "");
}

TEST(HeadWriter, WritesAStatusWithoutAReasonItDoesNotKnow) {
    std::string out;
    HeadWriter{out}.status_line(299);
    EXPECT_EQ(out, "HTTP/1.1 299 \r\n");
}

TEST(ReasonPhrase, IsThatOfRfc9110) {
    EXPECT_EQ(reason_phrase(200), "OK");
    EXPECT_EQ(reason_phrase(404), "Not Found");
    EXPECT_EQ(reason_phrase(413), "Content Too Large");
    EXPECT_EQ(reason_phrase(511), "Network Authentication Required");
    EXPECT_EQ(reason_phrase(100), "");
    EXPECT_EQ(reason_phrase(599), "");
}

TEST(RequestHead, IsWrittenInOneGo) {
    struct Row {
        BodyFraming body;
        const char* framing;
    };
    for (const Row& row : {
             Row{{}, ""},
             Row{{Framing::length, 0}, "Content-Length: 0\r\n"},
             Row{{Framing::length, 1234}, "Content-Length: 1234\r\n"},
             Row{{Framing::chunked, 0}, "Transfer-Encoding: chunked\r\n"},
         }) {
        for (const std::string& target : {std::string{"/a?b"}, "/" + std::string(3000, 'x')}) {
            std::string out = "before ";
            append_request_head(
                out, {Method::patch, target, "a.test:81", "A: 1\r\nB: 2\r\n", row.body}
            );
            EXPECT_EQ(
                out,
                "before PATCH " + target + " HTTP/1.1\r\nHost: a.test:81\r\nA: 1\r\nB: 2\r\n" +
                    row.framing + "\r\n"
            );
        }
    }
}

TEST(Chunks, AreFramedInHexadecimal) {
    std::string out;
    append_chunk_start(out, 0x1af);
    out.append("data").append(chunk_end).append(last_chunk);
    EXPECT_EQ(out, "1af\r\ndata\r\n0\r\n\r\n");
}

}  // namespace
}  // namespace weft
