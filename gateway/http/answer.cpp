#include "http/answer.hpp"

#include "http/body_stream.hpp"

namespace weft {

Answer::Answer() = default;
Answer::Answer(Answer&&) noexcept = default;
Answer& Answer::operator=(Answer&&) noexcept = default;
Answer::~Answer() = default;

}  // namespace weft
