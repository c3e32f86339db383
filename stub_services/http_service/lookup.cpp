#include "http_service/lookup.hpp"

#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include "http_service/ids.hpp"

namespace stub {
namespace {

constexpr std::size_t most_ids = 100;

// Rows that were asked for before, ready to be sent.
class Documents {
  public:
    explicit Documents(FindRow find) : find_{std::move(find)} {}

    // Null: there is no such row. Only rows that exist are kept, so there is a bound.
    std::shared_ptr<const Document> find(const std::string& id) {
        {
            const std::shared_lock lock{mutex_};
            if (const auto found = made_.find(id); found != made_.end()) return found->second;
        }
        const auto row = find_(id);
        if (!row) return nullptr;
        const auto document = std::make_shared<const Document>(make_document(*row));
        const std::unique_lock lock{mutex_};
        return made_.try_emplace(id, document).first->second;
    }

  private:
    const FindRow find_;
    std::shared_mutex mutex_;  // guards what follows
    std::unordered_map<std::string, std::shared_ptr<const Document>> made_;
};

}  // namespace

Handler answer_row(std::string noun, FindRow find) {
    return [noun = std::move(noun), documents = std::make_shared<Documents>(std::move(find))](
               const auto& request, const std::string& id, auto& response
           ) {
        if (const auto document = documents->find(id)) {
            answer_document(request, response, *document);
        } else {
            answer_problem(response, 404, "no " + noun + " has the id " + id);
        }
    };
}

Handler answer_rows(FindRow find) {
    return [find = std::move(find)](const auto& request, const std::string&, auto& response) {
        const auto ids = split_ids(request.get_param_value("ids"));
        if (ids.empty() || ids.size() > most_ids) {
            answer_problem(
                response, 400, "ids: 1 to " + std::to_string(most_ids) + " ids, with commas between"
            );
            return;
        }
        Json rows = Json::array();
        std::set<std::string_view> seen;
        for (const auto& id : ids) {
            if (!seen.insert(id).second) continue;
            if (auto row = find(id)) rows.push_back(std::move(*row));
        }
        answer_json(request, response, rows);
    };
}

}  // namespace stub
