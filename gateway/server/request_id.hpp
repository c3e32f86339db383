// Request ids: the client's where it is well-formed, else one of ours.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

// Whether it matches [A-Za-z0-9._-]{1,64}.
bool is_request_id(std::string_view text) noexcept;

// Makes ids that are unique, not secret. One for each worker.
class RequestIds {
  public:
    RequestIds();  // seeded by the system
    explicit RequestIds(std::uint64_t seed) noexcept : state_{seed} {}

    // Replaces `id` by 32 hexadecimal digits, in the memory it has.
    void make(std::string& id);

  private:
    std::uint64_t next() noexcept;

    std::uint64_t state_;
};

}  // namespace weft
