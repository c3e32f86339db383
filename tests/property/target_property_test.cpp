// For any value whatever: the target that is sent has its template's segments and parameters and
// nothing else, and a service that decodes it finds the value again.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "compose/render.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::property {
namespace {

constexpr const char* yaml = R"(r:
  path: /r/{v}
  steps:
    s:
      upstream: orders
      path: /a/${request.path.v}/b-${request.path.v}
      query: { k: "${request.path.v}", l: "<${request.path.v}>", m: "1" }
      headers: { X-V: "${request.path.v}" }
  response: { body: { s: "${s}" } }
)";

int hex_digit(char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return static_cast<int>(digits.find(c));
}

// RFC 3986 section 2.1, only what is unreserved unencoded; nothing for any other text.
std::optional<std::string> decoded(std::string_view text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (unreserved.find(text[i]) != std::string_view::npos) {
            plain += text[i];
            continue;
        }
        if (text[i] != '%' || i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

// RFC 3629 by its table, byte by byte.
bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto at = [&](std::size_t k) -> unsigned {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
        };
        const auto in = [&](std::size_t k, unsigned least, unsigned most) {
            return at(k) >= least && at(k) <= most;
        };
        const auto tail = [&](std::size_t k) { return in(k, 0x80, 0xBF); };
        if (at(0) < 0x80) {
            i += 1;
        } else if (in(0, 0xC2, 0xDF) && tail(1)) {
            i += 2;
        } else if (((at(0) == 0xE0 && in(1, 0xA0, 0xBF)) || (at(0) == 0xED && in(1, 0x80, 0x9F)) || ((in(0, 0xE1, 0xEC) || in(0, 0xEE, 0xEF)) && tail(1))) && tail(2)) {
            i += 3;
        } else if (((at(0) == 0xF0 && in(1, 0x90, 0xBF)) || (in(0, 0xF1, 0xF3) && tail(1)) || (at(0) == 0xF4 && in(1, 0x80, 0x8F))) && tail(2) && tail(3)) {
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

bool holds_control(const std::string& text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

// ROUTES.md, Escaped by position.
bool is_acceptable(const std::string& value) {
    return !value.empty() && value != "." && value != ".." && value.size() <= 256 &&
           is_utf8(value) && !holds_control(value);
}

class TargetProperty : public ::testing::Test {
  protected:
    TargetProperty()
        : snapshot_{test::compile_files({{"routes/r.yaml", yaml}}).snapshot},
          plan_{std::get<ComposePlan>(snapshot_->plans.at(0).work)} {
        run_.plan = &snapshot_->plans.at(0);
        run_.compose = &plan_;
        run_.inputs.head = &head_;
        run_.inputs.parameters.push_back({"v", "", ""});
    }

    void check(const std::string& value) {
        run_.inputs.parameters.front().value = value;
        const Rendered rendered = render_call(0, Scope{run_, &plan_.steps.front(), nullptr});
        const auto* call = std::get_if<StepCall>(&rendered);
        ASSERT_EQ(call != nullptr, is_acceptable(value));
        if (call == nullptr) return;
        ++accepted_;
        const auto halves = split(call->target, '?');
        ASSERT_EQ(halves.size(), 2U);
        const auto segments = split(halves[0], '/');
        const auto parameters = split(halves[1], '&');
        ASSERT_EQ(segments.size(), 4U);
        ASSERT_EQ(parameters.size(), 3U);
        ASSERT_EQ(segments[0] + segments[1], "a");
        ASSERT_EQ(decoded(segments[2]), value);
        ASSERT_EQ(decoded(segments[3]), "b-" + value);
        ASSERT_EQ(decoded_parameter(parameters[0], "k="), value);
        ASSERT_EQ(decoded_parameter(parameters[1], "l="), "<" + value + ">");
        ASSERT_EQ(parameters[2], "m=1");
        ASSERT_EQ(call->headers.at(0).value(), value);
    }

    std::size_t accepted_ = 0;

  private:
    static std::optional<std::string> decoded_parameter(
        std::string_view text, std::string_view name
    ) {
        if (!text.starts_with(name)) return std::nullopt;
        return decoded(text.substr(name.size()));
    }

    std::shared_ptr<const Snapshot> snapshot_;
    const ComposePlan& plan_;
    RequestHead head_;
    weft::Run run_;
};

TEST_F(TargetProperty, HoldsForEveryValueOfUpToTwoBytes) {
    check("");
    for (int a = 0; a < 256; ++a) {
        check(std::string(1, static_cast<char>(a)));
        for (int b = 0; b < 256 && !HasFailure(); ++b) {
            check({static_cast<char>(a), static_cast<char>(b)});
        }
    }
    EXPECT_GT(accepted_, 9'000U);
}

// Half of them of any bytes, half of the characters that mean something in a target.
TEST_F(TargetProperty, HoldsForAMillionRandomValues) {
    constexpr std::string_view meaningful = "/?#&=%.:;@+ ,'\"<>[]{}|\\^`~-_2eEfFaz09é\x01\x7f\r\n";
    std::mt19937_64 engine{1};
    for (int i = 0; i < 1'000'000 && !HasFailure(); ++i) {
        const std::size_t size = 3 + engine() % (i % 100 == 0 ? 300 : 12);
        std::string value(size, '\0');
        for (char& c : value) {
            c = i % 2 == 0 ? static_cast<char>(engine()) : meaningful[engine() % meaningful.size()];
        }
        if (i % 4 == 1)
            value.erase(
                std::remove_if(
                    value.begin(),
                    value.end(),
                    [](char c) {
                        return static_cast<unsigned char>(c) < 0x20 ||
                               static_cast<unsigned char>(c) > 0x7e;
                    }
                ),
                value.end()
            );
        check(value);
    }
    EXPECT_GT(accepted_, 100'000U);
}

}  // namespace
}  // namespace weft::property
