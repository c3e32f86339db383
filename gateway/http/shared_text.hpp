// A text that several hold at once and nobody changes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace weft {

class SharedText {
  public:
    SharedText() = default;  // empty
    SharedText(std::string text) : text_{std::make_shared<const std::string>(std::move(text))} {}

    std::string_view view() const noexcept {
        return text_ ? std::string_view{*text_} : std::string_view{};
    }
    bool empty() const noexcept { return view().empty(); }

  private:
    std::shared_ptr<const std::string> text_;
};

}  // namespace weft
