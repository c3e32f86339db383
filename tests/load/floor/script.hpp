// What the floor exchanges for one request of a client: written by the bench, which watched the
// gateway. Nothing of it is looked for in what arrives; only lengths are counted.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct Call {
    std::string request;
    std::size_t head_length = 0;  // of the service's answer
    std::size_t body_length = 0;

    std::size_t answer_length() const { return head_length + body_length; }
};

// A literal, and the body of a call that follows it.
struct Piece {
    std::string literal;
    std::size_t call = 0;
};

// The first call goes out alone; when its answer is in, all others go out at once.
struct Script {
    std::vector<Call> calls;
    std::vector<Piece> pieces;
    std::string last_literal;

    std::size_t answer_length() const;
};

// Throws std::runtime_error if the file is not such a script.
Script read_script(const std::filesystem::path& file);

}  // namespace bench
