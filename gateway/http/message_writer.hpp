// Writes message heads and chunk framing to the end of a string. What it writes is well-formed
// whatever it is given, except for what its caller says is checked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.hpp"
#include "http/message.hpp"

namespace weft {

// RFC 9110 section 15, and 6585; empty for others (a status line needs none).
std::string_view reason_phrase(std::uint16_t status) noexcept;

enum class ConnectionOption : std::uint8_t { none, close, keep_alive };

// Begin with status_line() or request_line(), finish with end().
class HeadWriter {
  public:
    explicit HeadWriter(std::string& out) noexcept : out_{out} {}

    HeadWriter& status_line(std::uint16_t status);
    HeadWriter& request_line(Method method, std::string_view target);
    // Lines that are known to be well-formed.
    HeadWriter& field_lines(std::string_view checked);

    // Left out: a field whose name is not a token or whose value holds a control character, and
    // fields that say how the message is framed (Content-Length, Transfer-Encoding, Connection,
    // Keep-Alive, Trailer, Upgrade), which only the functions below write.
    HeadWriter& field(std::string_view name, std::string_view value);
    HeadWriter& fields(const std::vector<OwnedField>& fields);

    // Content-Length, or Transfer-Encoding: chunked, or neither.
    HeadWriter& framing(const BodyFraming& body);
    HeadWriter& connection(ConnectionOption option);

    void end();

  private:
    void line(std::string_view name, std::string_view value);

    std::string& out_;
};

// A whole head for a service, of parts that are known to be well-formed: put together in one go,
// because a request makes several.
struct RequestHeadParts {
    Method method = Method::get;
    std::string_view target;
    std::string_view authority;
    std::string_view field_lines;
    BodyFraming body;
};
void append_request_head(std::string& out, const RequestHeadParts& parts);

inline constexpr std::string_view continue_answer = "HTTP/1.1 100 Continue\r\n\r\n";

// A chunk is append_chunk_start(out, n), n > 0 bytes, chunk_end; the body ends with last_chunk.
void append_chunk_start(std::string& out, std::uint64_t size);
inline constexpr std::string_view chunk_end = "\r\n";
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace weft
