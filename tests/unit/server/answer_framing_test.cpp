#include <gtest/gtest.h>

#include <algorithm>

#include "http/request_id.hpp"
#include "server/answer_writer.hpp"
#include "server/request_id.hpp"

namespace weft {
namespace {

class Nothing final : public BodyStream {
  public:
    Awaitable<Result<std::string_view>> next() override { co_return std::string_view{}; }
};

enum class Kind : std::uint8_t { pieces, stream_of_known_length, stream };

struct Row {
    Kind kind;
    std::uint16_t status;
    Method method;
    int minor_version;
    Framing framing;
    std::uint64_t length;
    AnswerFraming::Body body;
};

constexpr auto sent = AnswerFraming::Body::sent;
constexpr auto left_out = AnswerFraming::Body::left_out;

Answer answer_of(const Row& row) {
    Answer answer;
    answer.status = row.status;
    if (row.kind == Kind::pieces) {
        answer.pieces = {"abc", "de"};
        return answer;
    }
    answer.stream = std::make_unique<Nothing>();
    if (row.kind == Kind::stream_of_known_length) answer.stream_length = 7;
    return answer;
}

TEST(AnswerFraming, FollowsStatusMethodAndVersion) {
    using enum Kind;
    const Row rows[] = {
        {pieces, 200, Method::get, 1, Framing::length, 5, sent},
        {pieces, 200, Method::get, 0, Framing::length, 5, sent},
        {pieces, 200, Method::head, 1, Framing::length, 5, left_out},
        {pieces, 204, Method::get, 1, Framing::none, 0, left_out},
        {pieces, 304, Method::get, 1, Framing::none, 0, left_out},
        {stream_of_known_length, 200, Method::get, 1, Framing::length, 7, sent},
        {stream_of_known_length, 200, Method::head, 1, Framing::length, 7, left_out},
        {stream, 200, Method::get, 1, Framing::chunked, 0, sent},
        {stream, 200, Method::get, 0, Framing::until_close, 0, sent},
        {stream, 200, Method::head, 1, Framing::none, 0, left_out},
        {stream, 204, Method::get, 1, Framing::none, 0, left_out},
    };
    for (const Row& row : rows) {
        const auto framing = frame_answer(answer_of(row), row.method, row.minor_version);
        const auto index = &row - rows;
        EXPECT_EQ(framing.framing.framing, row.framing) << index;
        EXPECT_EQ(framing.framing.length, row.length) << index;
        EXPECT_EQ(framing.body, row.body) << index;
    }
}

TEST(AnswerFraming, TakesTheLengthOfABodyThatHeadLeavesOut) {
    Answer answer;
    answer.stream_length = 99;
    const auto framing = frame_answer(answer, Method::head, 1);
    EXPECT_EQ(framing.framing.length, 99u);
}

std::string concatenated(Outgoing& outgoing) {
    std::string all;
    for (const auto& buffer : outgoing.buffers()) {
        all.append(static_cast<const char*>(buffer.data()), buffer.size());
    }
    return all;
}

TEST(Outgoing, CopiesSmallPiecesIntoOneBuffer) {
    Outgoing outgoing;
    outgoing.text() += "head ";
    outgoing.add("one ");
    outgoing.add("two");
    EXPECT_EQ(outgoing.buffers().size(), 1u);
    EXPECT_EQ(concatenated(outgoing), "head one two");
}

TEST(Outgoing, RefersToBigPiecesInTheirPlace) {
    const std::string big(Outgoing::copy_below, 'x');
    Outgoing outgoing;
    outgoing.text() += "head ";
    outgoing.add(big);
    outgoing.add("tail");
    EXPECT_EQ(outgoing.buffers().size(), 3u);
    EXPECT_EQ(outgoing.buffers()[1].data(), big.data());
    EXPECT_EQ(concatenated(outgoing), "head " + big + "tail");
}

TEST(Outgoing, GoesOnWhereTheLastSendStopped) {
    const std::string big(Outgoing::copy_below, 'x');
    for (const std::size_t step : {257u, 5'000u, 16'388u, 16'389u, 16'390u, 20'000u}) {
        Outgoing outgoing;
        outgoing.text() += "head ";
        outgoing.add(big);
        outgoing.add("tail");
        const std::string whole = concatenated(outgoing);
        std::string sent_so_far;
        while (!outgoing.buffers().empty()) {
            const std::string rest = concatenated(outgoing);
            const auto size = std::min(step, rest.size());
            sent_so_far += rest.substr(0, size);
            outgoing.sent(size);
        }
        EXPECT_EQ(sent_so_far, whole) << step;
        outgoing.clear();
        EXPECT_TRUE(outgoing.empty());
    }
}

TEST(DateCache, WritesTheFormOfRfc9110) {
    DateCache date;
    EXPECT_EQ(date.line_at(784'111'777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    EXPECT_EQ(date.line_at(784'111'777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    EXPECT_EQ(date.line_at(0), "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
}

TEST(RequestId, IsMadeAnewEachTime) {
    RequestIds ids{1};
    std::string first;
    std::string second = "what was here before";
    ids.make(first);
    ids.make(second);
    EXPECT_NE(first, second);
    EXPECT_EQ(second.size(), 32u);
    EXPECT_TRUE(is_request_id(first));
    EXPECT_EQ(first.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace weft
