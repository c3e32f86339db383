#include "http/head_tokens.hpp"

#include <gtest/gtest.h>

#include <boost/beast/http/basic_parser.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {
namespace {

namespace http = boost::beast::http;
using BeastView = boost::beast::string_view;
using boost::system::error_code;

struct Parts {
    int status = 0;
    int minor_version = 0;
    std::vector<std::pair<std::string, std::string>> fields;

    bool operator==(const Parts&) const = default;
};

// The parts of an answer's head as Beast finds them: what our own are held against.
class BeastParts : public http::basic_parser<false> {
  public:
    bool parse(const std::string& head) {
        error_code error;
        header_limit(HeadScanner::largest_head + 1);
        body_limit(boost::none);
        return put(boost::asio::buffer(head), error) == head.size() && !error && is_header_done();
    }
    Parts parts;

  private:
    void on_response_impl(int status, BeastView, int version, error_code&) override {
        parts.status = status;
        parts.minor_version = version % 10;
    }
    void on_field_impl(http::field, BeastView name, BeastView value, error_code&) override {
        parts.fields.emplace_back(name, value);
    }
    void on_request_impl(http::verb, BeastView, BeastView, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(BeastView, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, BeastView, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}
};

Parts our_parts(const std::string& head) {
    HeadScanner scanner{MessageKind::response, HeadLimits{}};
    EXPECT_EQ(scanner.scan(head), HeadScan::complete) << head;
    const ResponseTokens tokens = tokens_of_response(scanner, head, {});
    Parts parts{tokens.status, tokens.minor_version, {}};
    for (const Field& field : tokens.fields) parts.fields.emplace_back(field.name, field.value);
    return parts;
}

void expect_as_beast(const std::string& head) {
    BeastParts beast;
    ASSERT_TRUE(beast.parse(head)) << head;
    EXPECT_EQ(our_parts(head), beast.parts) << head;
}

TEST(HeadTokens, OfAnAnswerAreThoseThatBeastFinds) {
    expect_as_beast("HTTP/1.1 200 OK\r\n\r\n");
    expect_as_beast("HTTP/1.0 503 Service Unavailable\r\nA: b\r\nA: c\r\n\r\n");
    expect_as_beast("HTTP/1.1 404 \r\nEmpty:\r\nSpaces: \t \r\nX:  a  b \t\r\n\r\n");
    expect_as_beast("HTTP/1.1 200 OK\r\nUtf-8: caf\xc3\xa9 \xff\r\nx_y: 1:2\r\n\r\n");
    expect_as_beast("HTTP/1.1 200 OK\r\nLong: " + std::string(5000, 'x') + " \r\n\r\n");
}

TEST(HeadTokens, OfRandomAnswersAreThoseThatBeastFinds) {
    std::mt19937 random{20261128};
    const auto any = [&](int most) { return std::uniform_int_distribution{0, most}(random); };
    const std::string_view characters = " \tabcXYZ019-_:;,\"/\xe4";
    for (int round = 0; round < 500; ++round) {
        std::string head = "HTTP/1.1 " + std::to_string(200 + any(399)) + " R\r\n";
        for (int field = any(6); field > 0; --field) {
            head += "F" + std::to_string(any(9)) + ":";
            for (int size = any(60); size > 0; --size) {
                head += characters[static_cast<std::size_t>(any(18))];
            }
            head += "\r\n";
        }
        expect_as_beast(head + "\r\n");
    }
}

TEST(HeadTokens, TakeAStatusLineWithoutTheSpaceBeforeItsReason) {
    const Parts parts = our_parts("HTTP/1.1 299\r\nA: b\r\n\r\n");
    EXPECT_EQ(parts.status, 299);
    EXPECT_EQ(parts.fields.size(), 1U);
}

}  // namespace
}  // namespace weft
