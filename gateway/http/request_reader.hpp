// Reads requests from the bytes of one client connection, without a socket: bytes go in with
// prepare() and commit(), checked heads and pieces of bodies come out. Whatever HTTP.md,
// "Requests", refuses never leaves this class.
//
//     per message:  read_head() until it gives a head, set_body_limit(), read_body() until the end,
//     next_message()
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "http/body_reader.hpp"
#include "http/head_scanner.hpp"
#include "http/message.hpp"
#include "http/receive_buffer.hpp"
#include "http/request_check.hpp"
#include "outcome/result.hpp"

namespace weft {

class RequestReader {
  public:
    explicit RequestReader(const HeadLimits& limits = HeadLimits{});
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    // Where to put received bytes. While a head is handed out nothing moves, so the room can then
    // be empty: the bytes wait in the socket until read_body() or next_message() has made room.
    // Until a head is complete it is never empty.
    std::span<char> prepare();
    // `bytes` of prepare()'s room have been filled. Views from read_body() end here.
    void commit(std::size_t bytes) noexcept;

    // The head of the current request; null: more bytes are needed. The pointer and its views hold
    // until next_message(). A failure is final for the connection and is repeated: bad_request,
    // target_too_long, request_head_too_large, method_unknown, request_coding_unknown,
    // version_unsupported, expectation_failed.
    Result<const RequestHead*> read_head();

    // Whether a head that was refused begins as a HEAD request, whose answer may have no body.
    bool asked_for_head_alone() const noexcept;

    // In bytes, for the body of the current request. request_body_too_large if its Content-Length
    // is above the limit, so that neither "100 Continue" nor a read is needed to know. Without a
    // call: no limit.
    Result<void> set_body_limit(std::uint64_t bytes);

    // The next piece of the body. Fails with bad_request, request_body_too_large,
    // request_head_too_large (trailers).
    Result<BodyPart> read_body();

    // The whole request has been received and read; at once for a request without a body.
    bool message_complete() const noexcept;

    // Goes on to the bytes after the current request, which must be complete. Ends the views of its
    // head.
    void next_message();

    // At least one byte of a request whose head has not been handed out yet is here: the head's
    // time runs, not the idle time. After a complete request: a byte of the next one (it is
    // pipelined). The empty line that is skipped before a request is no part of it.
    bool started() const noexcept;

    // Not even that line is here; after a complete request: behind it.
    bool empty() const noexcept { return unread().empty(); }

    // Gives the buffer's memory back where nothing is buffered; prepare() takes it again.
    void release_memory();

  private:
    // What has been received of a request that has not been handed out; nothing until the one
    // that was is complete.
    std::string_view unread() const noexcept;
    Result<void> complete_head();
    Result<void> check_head();
    Result<void> body_fault();
    Failure refuse(Failure failure);

    ReceiveBuffer buffer_;
    HeadScanner scanner_;
    RequestCheck check_;
    BodyReader body_;
    RequestHead head_;
    bool has_head_ = false;
    std::optional<Failure> failed_;
};

}  // namespace weft
