#include "http/framing.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace weft {
namespace {

struct Row {
    Fields fields;
    std::optional<BodyFraming> request;  // nothing: refused
    std::optional<FailureKind> response_failure;
};

// Without Beast, which refuses some of these before they come here.
const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {{}, BodyFraming{}, std::nullopt},
        {{{"content-length", "0"}}, BodyFraming{Framing::length, 0}, std::nullopt},
        {{{"Content-Length", "0042"}}, BodyFraming{Framing::length, 42}, std::nullopt},
        {{{"Content-Length", "9999999999999999999"}},
         BodyFraming{Framing::length, 9999999999999999999U},
         std::nullopt},
        {{{"transfer-encoding", "CHUNKED"}}, BodyFraming{Framing::chunked, 0}, std::nullopt},
        {{{"Content-Length", ""}}, std::nullopt, FailureKind::protocol},
        {{{"Content-Length", "10000000000000000000"}}, std::nullopt, FailureKind::protocol},
        {{{"Content-Length", "-1"}}, std::nullopt, FailureKind::protocol},
        {{{"Content-Length", "1,1"}}, std::nullopt, FailureKind::protocol},
        {{{"Content-Length", "1"}, {"Content-Length", "1"}}, std::nullopt, FailureKind::protocol},
        {{{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}},
         std::nullopt,
         FailureKind::protocol},
        {{{"Transfer-Encoding", "chunked"}, {"Content-Length", "1"}},
         std::nullopt,
         FailureKind::protocol},
        {{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
         std::nullopt,
         FailureKind::protocol},
        {{{"Transfer-Encoding", ""}}, std::nullopt, FailureKind::transfer_coding},
        {{{"Transfer-Encoding", "gzip"}}, std::nullopt, FailureKind::transfer_coding},
        {{{"Transfer-Encoding", "gzip, chunked"}}, std::nullopt, FailureKind::transfer_coding},
    };
    return all;
}

TEST(Framing, IsDecidedByTheFieldsAlone) {
    for (const Row& row : rows()) {
        const auto name = row.fields.empty() ? "" : row.fields.front().value;
        const auto request = request_framing(FramingFields{row.fields}, 1);
        ASSERT_EQ(request.has_value(), row.request.has_value()) << name;
        if (row.request) {
            EXPECT_EQ(request->framing, row.request->framing) << name;
            EXPECT_EQ(request->length, row.request->length) << name;
        }
        const auto response = response_framing(FramingFields{row.fields}, 1);
        ASSERT_EQ(response.has_error(), row.response_failure.has_value()) << name;
        if (row.response_failure) {
            EXPECT_EQ(response.error().kind(), *row.response_failure) << name;
        }
    }
}

TEST(Framing, OfAnAnswerWithoutLengthIsTheEndOfTheConnection) {
    EXPECT_EQ(response_framing(FramingFields{{}}, 1)->framing, Framing::until_close);
    EXPECT_EQ(request_framing(FramingFields{{}}, 1)->framing, Framing::none);
}

TEST(Framing, HasNoTransferCodingsInHttp10) {
    const Fields chunked{{"Transfer-Encoding", "chunked"}};
    EXPECT_EQ(request_framing(FramingFields{chunked}, 0).error().kind(), FailureKind::bad_request);
    EXPECT_EQ(response_framing(FramingFields{chunked}, 0).error().kind(), FailureKind::protocol);
}

TEST(Framing, TellsAnotherCodingFromAMistake) {
    const auto kind = [](std::string_view value) {
        const Fields fields{{"Transfer-Encoding", value}};
        return request_framing(FramingFields{fields}, 1).error().kind();
    };
    EXPECT_EQ(kind("gzip, chunked"), FailureKind::request_coding_unknown);
    EXPECT_EQ(kind("identity\t,\tChunked"), FailureKind::request_coding_unknown);
    for (const char* value :
         {"gzip", "xchunked", "chunked, chunked", ", chunked", "a b, chunked", "a,b, chunked"}) {
        EXPECT_EQ(kind(value), FailureKind::bad_request) << value;
    }
}

}  // namespace
}  // namespace weft
