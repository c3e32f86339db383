// The bytes of one request on their way to a connection that may take them in parts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message_writer.hpp"
#include "upstream/connection.hpp"
#include "upstream/exchange.hpp"

namespace weft {

class RequestWriter {
  public:
    // Starts over with the head, and with the body where that is buffered, and gives the connection
    // what it takes. They are put together in `room`, which nobody else uses until this returns;
    // `request` must outlive the writing.
    void begin(
        const ExchangeRequest& request,
        std::string_view authority,
        Connection& connection,
        std::string& room
    );

    // A streamed body, once all before it is flushed. False: more than Content-Length announced, or
    // less at its end; nothing is added then.
    [[nodiscard]] bool add(std::string_view piece);
    [[nodiscard]] bool end();

    // Gives the connection what it takes now; asks it for on_writable() if that was not all.
    void flush(Connection& connection);

    bool flushed() const noexcept { return offset_ == out_.size() + body_.size(); }
    // The whole request has left.
    bool complete() const noexcept { return ended_ && flushed(); }
    // The connection takes nothing any more.
    bool broken() const noexcept { return broken_; }
    // A byte has left, in this or an earlier attempt.
    bool any_written() const noexcept { return any_written_; }

  private:
    void put_together(
        std::string& room, const ExchangeRequest& request, std::string_view authority
    );

    std::string_view out_;   // head, framing and small bodies
    std::string_view body_;  // a large body, which follows
    std::string kept_;       // what `out_` is where that was not taken at once
    std::size_t offset_ = 0;
    BodyFraming framing_;
    std::uint64_t announced_ = 0;  // bytes still to come, for Framing::length
    bool ended_ = false;
    bool broken_ = false;
    bool any_written_ = false;
};

}  // namespace weft
