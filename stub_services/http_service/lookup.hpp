// The two ways to read rows by their id: one, and many at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http_service/answer.hpp"
#include "http_service/service.hpp"

namespace stub {

using FindRow = std::function<std::optional<Json>(std::string_view id)>;

// GET /things/{id}: the row or 404. `noun` is what a row is called in errors: "product". A row
// never changes, so its document is made once.
Handler answer_row(std::string noun, FindRow find);

// GET /things?ids=a,b: an array of the rows that exist, in the order asked for, each once; at most
// 100 ids.
Handler answer_rows(FindRow find);

}  // namespace stub
