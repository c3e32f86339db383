#include "http/head_tokens.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <utility>

namespace weft {
namespace {

namespace http = boost::beast::http;
using BeastView = boost::beast::string_view;
using boost::system::error_code;

std::string_view view(BeastView text) noexcept { return {text.data(), text.size()}; }

class TokenParser : public http::basic_parser<true> {
  public:
    explicit TokenParser(Fields reused) : fields_{std::move(reused)} {
        fields_.clear();
        // Above what HeadScanner lets through, so that Beast's own limit is never the one that
        // counts.
        this->header_limit(HeadScanner::largest_head + 1);
        this->body_limit(boost::none);
    }

    // Whether the whole of `head`, and not less, is a head.
    bool parse(std::string_view head) {
        error_code error;
        const auto taken = this->put(boost::asio::buffer(head), error);
        return !error && this->is_header_done() && taken == head.size();
    }

    std::string_view method() const noexcept { return method_; }
    std::string_view target() const noexcept { return target_; }
    int minor_version() const noexcept { return version_ % 10; }
    Fields take_fields() noexcept { return std::move(fields_); }

  private:
    // NOLINTNEXTLINE(readability-function-size): its parameters are Beast's.
    void on_request_impl(http::verb, BeastView method, BeastView target, int version, error_code&)
        override {
        method_ = view(method);
        target_ = view(target);
        version_ = version;
    }
    void on_field_impl(http::field, BeastView name, BeastView value, error_code&) override {
        fields_.push_back({view(name), view(value)});
    }
    // One put() of a request's head alone reaches none of these.
    void on_response_impl(int, BeastView, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(BeastView, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, BeastView, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, BeastView, error_code&) override { return 0; }
    void on_finish_impl(error_code&) override {}

    std::string_view method_;
    std::string_view target_;
    int version_ = 0;
    Fields fields_;
};

}  // namespace

std::optional<RequestTokens> tokenise_request(std::string_view head, Fields reused) {
    TokenParser parser{std::move(reused)};
    if (!parser.parse(head)) return std::nullopt;
    RequestTokens tokens;
    tokens.method = parser.method();
    tokens.target = parser.target();
    tokens.minor_version = parser.minor_version();
    tokens.fields = parser.take_fields();
    return tokens;
}

ResponseTokens tokens_of_response(
    const HeadScanner& scanned, std::string_view bytes, Fields reused
) {
    const auto between = [bytes](std::uint32_t begin, std::uint32_t end) {
        return std::string_view{bytes.data() + begin, end - begin};
    };
    ResponseTokens tokens;
    tokens.status = static_cast<std::uint16_t>(scanned.status());
    tokens.minor_version = scanned.minor_version();
    tokens.fields = std::move(reused);
    tokens.fields.resize(scanned.fields().size());
    auto field = tokens.fields.begin();
    for (const FieldRange& range : scanned.fields()) {
        *field++ = {between(range.name, range.name_end), between(range.value, range.value_end)};
    }
    return tokens;
}

}  // namespace weft
