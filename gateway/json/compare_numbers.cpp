#include <algorithm>
#include <cstdint>

#include "json/compare.hpp"
#include "json/scan.hpp"

namespace weft {
namespace {

// The digits that count, without the zeros around them, and where the point stands among them:
// 0.d1d2d3... * 10^power.
class Decimal {
  public:
    explicit Decimal(std::string_view number) noexcept {
        negative_ = number.starts_with('-');
        if (negative_) number.remove_prefix(1);
        const std::size_t mantissa = std::min(number.find_first_of("eE"), number.size());
        read_mantissa(number.substr(0, mantissa));
        if (mantissa < number.size()) power_ += exponent(number.substr(mantissa + 1));
    }

    bool is_zero() const noexcept { return size_ == 0; }
    bool is_negative() const noexcept { return negative_ && !is_zero(); }

    // Without their signs; neither is zero.
    static std::strong_ordering compare_sizes(const Decimal& a, const Decimal& b) noexcept {
        if (a.power_ != b.power_) return a.power_ <=> b.power_;
        const std::size_t digits = std::max(a.size_, b.size_);
        Digits left{a};
        Digits right{b};
        for (std::size_t i = 0; i < digits; ++i) {
            const auto order = left.next() <=> right.next();
            if (order != 0) return order;
        }
        return std::strong_ordering::equal;
    }

  private:
    static constexpr std::int64_t max_exponent = 1'000'000'000'000'000'000;

    // One after the other, over the point, and zeros after the last.
    class Digits {
      public:
        explicit Digits(const Decimal& number) noexcept
            : rest_{number.digits_}, left_{number.size_} {}
        char next() noexcept {
            if (left_ == 0) return '0';
            if (rest_.front() == '.') rest_.remove_prefix(1);
            const char digit = rest_.front();
            rest_.remove_prefix(1);
            --left_;
            return digit;
        }

      private:
        std::string_view rest_;
        std::size_t left_;
    };

    void read_mantissa(std::string_view text) noexcept {
        const std::size_t first = text.find_first_not_of("0.");
        if (first == std::string_view::npos) return;
        const std::size_t last = text.find_last_not_of("0.");
        const std::size_t point = std::min(text.find('.'), text.size());
        digits_ = text.substr(first, last - first + 1);
        const bool holds_point = first < point && point < last;
        size_ = digits_.size() - (holds_point ? 1 : 0);
        power_ = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
        if (point < first) ++power_;
    }

    static std::int64_t exponent(std::string_view text) noexcept {
        const bool negative = text.starts_with('-');
        if (negative || text.starts_with('+')) text.remove_prefix(1);
        std::int64_t value = 0;
        for (const char digit : text) {
            value = value < max_exponent / 10 ? value * 10 + (digit - '0') : max_exponent;
        }
        return negative ? -value : value;
    }

    bool negative_ = false;
    std::string_view digits_;  // maybe with the point
    std::size_t size_ = 0;     // of the digits
    std::int64_t power_ = 0;
};

}  // namespace

std::strong_ordering compare_json_numbers(std::string_view a, std::string_view b) noexcept {
    const Decimal left{a};
    const Decimal right{b};
    if (left.is_negative() != right.is_negative())
        return right.is_negative() <=> left.is_negative();
    if (left.is_zero() || right.is_zero()) return right.is_zero() <=> left.is_zero();
    return left.is_negative() ? Decimal::compare_sizes(right, left)
                              : Decimal::compare_sizes(left, right);
}

}  // namespace weft
