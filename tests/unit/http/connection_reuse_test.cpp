// What ResponseReader says about the connection after and between answers.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include "unit/http/read_response.hpp"

namespace weft {
namespace {

TEST(ResponseReader, SaysWhetherAnythingWasReceived) {
    ResponseReader reader;
    reader.begin(Method::get);
    EXPECT_FALSE(reader.received_any());
    feed(reader, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_TRUE(reader.received_any());
}

TEST(ResponseReader, ReadsOneAnswerAfterAnother) {
    ResponseReader reader;
    EXPECT_TRUE(reader.reusable());
    for (int i = 0; i < 3; ++i) {
        reader.begin(i == 1 ? Method::head : Method::get);
        EXPECT_FALSE(reader.reusable());
        feed(
            reader,
            i == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                   : "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"
        );
        const AnswerOutcome outcome = take(reader, {});
        EXPECT_EQ(outcome.body, i == 1 ? "" : "hi");
        EXPECT_TRUE(reader.reusable());
    }
}

TEST(ResponseReader, IsNotReusableAfterAStrayByte) {
    ResponseReader reader;
    reader.begin(Method::get);
    feed(reader, "HTTP/1.1 204 No Content\r\n\r\n");
    ASSERT_TRUE(take(reader, {}).reusable);
    feed(reader, "H");
    EXPECT_FALSE(reader.reusable());
}

TEST(ResponseReader, IsNotReusableAfterTheServiceHasClosed) {
    ResponseReader reader;
    reader.begin(Method::get);
    feed(reader, "HTTP/1.1 204 No Content\r\n\r\n");
    ASSERT_TRUE(take(reader, {}).reusable);
    EXPECT_TRUE(reader.on_eof());
    EXPECT_FALSE(reader.reusable());
}

TEST(ResponseReader, KnowsHowLongTheServiceKeepsTheConnection) {
    struct Row {
        const char* field;
        std::optional<std::chrono::seconds> timeout;
    };
    using std::chrono::seconds;
    for (const Row& row : {
             Row{"Keep-Alive: timeout=5, max=100", seconds{5}},
             Row{"keep-alive: max=100 ,Timeout=75", seconds{75}},
             Row{"Keep-Alive: timeout=0", seconds{0}},
             Row{"Keep-Alive: timeout=99999999999999999999", seconds{999999}},
             Row{"Keep-Alive: timeout=-5", std::nullopt},
             Row{"Keep-Alive: timeout=", std::nullopt},
             Row{"Keep-Alive: timeout", std::nullopt},
             Row{"Keep-Alive:", std::nullopt},
             Row{"X: timeout=5", std::nullopt},
         }) {
        ResponseReader reader;
        reader.begin(Method::get);
        feed(reader, std::string{"HTTP/1.1 204 No Content\r\n"} + row.field + "\r\n\r\n");
        ASSERT_TRUE(reader.read_head());
        EXPECT_EQ(reader.keep_alive_timeout(), row.timeout) << row.field;
    }
}

}  // namespace
}  // namespace weft
