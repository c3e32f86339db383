#include "fuzz/conversation.hpp"

#include <algorithm>

namespace weft::fuzz {
namespace {

class Talk {
  public:
    explicit Talk(std::uint64_t body_limit) : body_limit_{body_limit} {}

    void receive(std::string_view bytes) {
        while (!bytes.empty() && !so_far_.closed) {
            const auto room = reader_.prepare();
            require(!room.empty(), "there is room once everything was read");
            const std::size_t size = std::min(room.size(), bytes.size());
            std::copy_n(bytes.begin(), size, room.begin());
            reader_.commit(size);
            bytes.remove_prefix(size);
            while (!so_far_.closed && read_request()) {
            }
        }
    }

    Conversation end() {
        so_far_.started = !so_far_.closed && (in_body_ || reader_.started());
        return std::move(so_far_);
    }

  private:
    // Whether it was read whole.
    bool read_request() {
        const auto head = reader_.read_head();
        if (!head) return refuse(head.error());
        if (*head == nullptr) return false;
        if (!in_body_) {
            if (auto fits = reader_.set_body_limit(body_limit_); !fits) return refuse(fits.error());
            in_body_ = true;
        }
        for (;;) {
            const auto part = reader_.read_body();
            if (!part) return refuse(part.error());
            body_.append(part->bytes());
            require(body_.size() <= body_limit_, "a body within its limit");
            if (part->state() == BodyPart::State::need_more) return false;
            if (part->state() == BodyPart::State::end) break;
        }
        keep(**head);
        reader_.next_message();
        return true;
    }

    void keep(const RequestHead& head) {
        require(reader_.message_complete(), "complete at its end");
        ReadRequest& kept = so_far_.requests.emplace_back();
        kept.method = head.method;
        kept.target = head.target;
        kept.path = head.path;
        kept.query = head.query;
        kept.authority = head.authority;
        kept.minor_version = head.minor_version;
        for (const Field& field : head.fields) kept.fields.emplace_back(field.name, field.value);
        kept.keep_alive = head.keep_alive;
        kept.body = std::move(body_);
        body_.clear();
        in_body_ = false;
        so_far_.closed = !head.keep_alive;
    }

    bool refuse(const Failure& failure) {
        so_far_.refused = failure.kind();
        so_far_.why = failure.detail();
        so_far_.closed = true;
        const auto again = reader_.read_head();
        require(!again && again.error().kind() == failure.kind(), "a refusal is final");
        return false;
    }

    RequestReader reader_;
    std::uint64_t body_limit_;
    bool in_body_ = false;
    std::string body_;
    Conversation so_far_;
};

}  // namespace

Conversation converse(const Pieces& pieces, std::uint64_t body_limit) {
    Talk talk{body_limit};
    for (const std::string_view piece : pieces) talk.receive(piece);
    return talk.end();
}

}  // namespace weft::fuzz
