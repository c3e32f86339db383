// What goes back to a client. Nothing in it says HTTP/1, and nothing waits.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.hpp"

namespace weft {

class BodyStream;

// A body in parts, in order: views into `owners`, or into something that lives as long as the
// program (literals of a plan are held by the snapshot, which is one of the owners).
struct Answer {
    std::uint16_t status = 200;
    std::vector<OwnedField>
        fields;  // without Content-Length, Transfer-Encoding, Connection, Date: those are framing
    std::string field_lines;  // the same, checked and preformatted: "Name: value\r\n" for each
    bool dated = false;       // the fields do have a Date, which is the service's
    std::vector<std::string_view> pieces;
    std::vector<std::shared_ptr<const void>> owners;
    // Instead of pieces: a body of which the end is not known yet.
    std::unique_ptr<BodyStream> stream;
    std::optional<std::uint64_t> stream_length;  // Content-Length of `stream`, where it is known
    bool close = false;                          // end the connection after this answer

    Answer();
    Answer(Answer&&) noexcept;
    Answer& operator=(Answer&&) noexcept;
    ~Answer();
};

}  // namespace weft
