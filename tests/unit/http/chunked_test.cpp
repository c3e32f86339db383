#include "http/chunked.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace weft {
namespace {

using State = ChunkedDecoder::State;

struct Decoded {
    State state = State::need_more;
    std::string data;
    std::size_t taken = 0;

    bool operator==(const Decoded&) const = default;
};

class Feed {
  public:
    explicit Feed(std::uint64_t limit = ~std::uint64_t{0}) { decoder_.set_limit(limit); }

    void give(std::string_view bytes) {
        while (!bytes.empty() && (result.state == State::need_more || result.state == State::data)
        ) {
            const auto step = decoder_.decode(bytes);
            result.state = step.state;
            result.data.append(step.data);
            result.taken += step.taken;
            bytes.remove_prefix(step.taken);
        }
        if (result.state == State::data) result.state = State::need_more;
    }

    Decoded result;

  private:
    ChunkedDecoder decoder_;
};

// The outcome of the whole, after checking that every split and single bytes give the same.
Decoded decode(std::string_view bytes, std::uint64_t limit = ~std::uint64_t{0}) {
    Feed whole{limit};
    whole.give(bytes);
    Feed drip{limit};
    for (std::size_t i = 0; i < bytes.size(); ++i) drip.give(bytes.substr(i, 1));
    EXPECT_TRUE(drip.result == whole.result) << "byte by byte: " << bytes.substr(0, 100);
    const std::size_t splits = bytes.size() > 1000 ? 0 : bytes.size();
    for (std::size_t offset = 1; offset < splits; ++offset) {
        Feed split{limit};
        split.give(bytes.substr(0, offset));
        split.give(bytes.substr(offset));
        EXPECT_TRUE(split.result == whole.result) << offset << " of " << bytes.substr(0, 100);
    }
    return whole.result;
}

TEST(ChunkedDecoder, JoinsChunksAndStopsAfterTheLast) {
    const auto decoded = decode("5\r\nhello\r\nA\r\n0123456789\r\n00\r\n\r\nGET");
    EXPECT_EQ(decoded.state, State::end);
    EXPECT_EQ(decoded.data, "hello0123456789");
    EXPECT_EQ(
        decoded.taken, std::string_view{"5\r\nhello\r\nA\r\n0123456789\r\n00\r\n\r\n"}.size()
    );
}

TEST(ChunkedDecoder, DiscardsExtensionsAndTrailers) {
    for (const char* body : {
             "2;a\r\nhi\r\n0\r\n\r\n",
             "2;a=b;c=\"d;\\\"e\\\\\"\r\nhi\r\n0\r\n\r\n",
             "2 ; a = b ; c\r\nhi\r\n0;x=y\r\n\r\n",
             "2\t;a=\"\"\r\nhi\r\n0\r\n\r\n",
             "2\r\nhi\r\n0\r\nX-Sum: abc\r\nY:\r\n\r\n",
             "2\r\nhi\r\n0\r\nContent-Length: 7\r\n\r\n",
             "00002\r\nhi\r\n0\r\n\r\n",
         }) {
        const auto decoded = decode(body);
        EXPECT_EQ(decoded.state, State::end) << body;
        EXPECT_EQ(decoded.data, "hi") << body;
    }
}

TEST(ChunkedDecoder, RefusesWhatTheGrammarDoesNotHave) {
    for (const char* body : {
             "\r\n",
             " 2\r\n",
             "2 \r\n",
             "2\t\r\n",
             "+2\r\n",
             "-2\r\n",
             "0x2\r\n",
             "2h\r\n",
             "g\r\n",
             "2\nhi",
             "2\rhi",
             "2\r\r\n",
             "2;\r\n",
             "2;;a\r\n",
             "2;a=\r\n",
             "2;a=b c\r\n",
             "2;a \r\n",
             "2;a= \r\n",
             "2;a\x01\r\n",
             "2;a=\"b\r\n",
             "2;a=\"\n\"\r\n",
             "2;a=\"\\\x01\"\r\n",
             "2;a=\"b\"c\r\n",
             "2;a\n",
             "2;a\rX",
             "2;=b\r\n",
             "2\r\nhi0\r\n",
             "2\r\nhi\n0\r\n",
             "2\r\nhiX\n0\r\n\r\n",
             "2\r\nhi\rX",
             "2\r\nhi\r\r\n",
             "0\r\n\n",
             "0\r\n\rX",
             "0\r\nNoColon\r\n\r\n",
             "0\r\n: v\r\n\r\n",
             "0\r\nA : v\r\n\r\n",
             "0\r\n A: v\r\n\r\n",
             "0\r\nA: v\n\r\n",
             "0\r\nA: v\r\n folded\r\n\r\n",
             "0\r\nA: \x01\r\n\r\n",
             "0\r\nA: v\rX",
             "10000000000000000\r\n",
             "fffffffffffffffff\r\n",
         }) {
        EXPECT_EQ(decode(body).state, State::malformed) << body;
    }
}

TEST(ChunkedDecoder, TakesTheLargestSizeThatFitsIntoSixtyFourBits) {
    EXPECT_EQ(decode("FFFFFFFFFFFFFFFF\r\nx").state, State::need_more);
    EXPECT_EQ(decode("1\r\nx\r\nFFFFFFFFFFFFFFFF\r\nx").state, State::too_large);
}

TEST(ChunkedDecoder, RefusesAChunkThatAnnouncesMoreThanTheLimitLeaves) {
    EXPECT_EQ(decode("5\r\nhello\r\n0\r\n\r\n", 5).state, State::end);
    EXPECT_EQ(decode("5\r\nhello\r\n0\r\n\r\n", 4).state, State::too_large);
    const auto decoded = decode("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 5);
    EXPECT_EQ(decoded.state, State::too_large);
    EXPECT_EQ(decoded.data, "hello");
}

TEST(ChunkedDecoder, HasALimitThatCanFallBelowWhatWasReceived) {
    ChunkedDecoder decoder;
    ASSERT_EQ(decoder.decode("5\r\nhello").state, State::data);
    decoder.set_limit(3);
    EXPECT_EQ(decoder.decode("\r\n1\r\n").state, State::too_large);
}

TEST(ChunkedDecoder, BoundsTheChunkLine) {
    const std::string zeros(ChunkedDecoder::chunk_line_limit - 1, '0');
    EXPECT_EQ(decode(zeros + "1\r\nx").data, "x");
    EXPECT_EQ(decode("0" + zeros + "1\r\nx").state, State::malformed);
    const std::string name(ChunkedDecoder::chunk_line_limit - 2, 'a');
    EXPECT_EQ(decode("1;" + name + "\r\nx").data, "x");
    EXPECT_EQ(decode("1;" + name + "a\r\nx").state, State::malformed);
}

TEST(ChunkedDecoder, BoundsTheExtensionsOfOneBody) {
    const std::string chunk = "1;" + std::string(127, 'a') + "\r\nx\r\n";  // 128 bytes of extension
    std::string body;
    for (std::size_t i = 0; i < ChunkedDecoder::extensions_limit / 128; ++i) body += chunk;
    EXPECT_EQ(decode(body + "0\r\n\r\n").state, State::end);
    EXPECT_EQ(decode(body + "1;a\r\n").state, State::malformed);
}

TEST(ChunkedDecoder, DoesNotCountLinesWithoutExtensions) {
    std::string body;
    for (std::size_t i = 0; i < 2 * ChunkedDecoder::extensions_limit; ++i) body += "1\r\nx\r\n";
    EXPECT_EQ(decode(body + "0\r\n\r\n").state, State::end);
}

TEST(ChunkedDecoder, BoundsTheTrailers) {
    std::string fields;
    for (std::size_t i = 0; i < ChunkedDecoder::trailer_fields_limit; ++i) fields += "A: b\r\n";
    EXPECT_EQ(decode("0\r\n" + fields + "\r\n").state, State::end);
    EXPECT_EQ(decode("0\r\n" + fields + "A: b\r\n\r\n").state, State::trailers_too_large);
    const std::string value(ChunkedDecoder::trailers_limit - 4, 'v');
    EXPECT_EQ(decode("0\r\nA:" + value + "\r\n\r\n").state, State::end);
    EXPECT_EQ(decode("0\r\nA:" + value + "v\r\n\r\n").state, State::trailers_too_large);
}

}  // namespace
}  // namespace weft
