#include "users/user_data.hpp"

#include <array>
#include <string>

#include "http_service/ids.hpp"
#include "http_service/random.hpp"

namespace stub {
namespace {

constexpr std::uint64_t last_user = 1000;

constexpr std::array<std::string_view, 16> first_names{
    "Ada",
    "Björn",
    "Chloé",
    "Dmitri",
    "Elif",
    "Fatima",
    "Grace",
    "Hiro",
    "Ingrid",
    "Jorge",
    "Kwame",
    "Linh",
    "Małgorzata",
    "Noor",
    "Olu",
    "Zoë",
};
constexpr std::array<std::string_view, 12> last_names{
    "Lovelace",
    "Ångström",
    "Dubois",
    "Ivanova",
    "Yılmaz",
    "Haddad",
    "Hopper",
    "Tanaka",
    "O'Neill",
    "Núñez",
    "Mensah",
    "Nguyễn",
};
constexpr std::array<std::string_view, 3> tiers{"bronze", "silver", "gold"};
constexpr std::array<std::string_view, 5> locales{"en-GB", "de-DE", "fr-FR", "es-ES", "ja-JP"};

}  // namespace

std::optional<Json> UserData::find(std::string_view id) const {
    const auto number = id_number(id, 'u', last_user);
    if (!number) return std::nullopt;
    Random random{seed_, *number};
    const std::string first{random.one_of(first_names)};
    const std::string last{random.one_of(last_names)};
    return Json{
        {"id", id},
        {"name", first + ' ' + last},
        {"email", "user" + std::to_string(*number) + "@example.com"},
        {"tier", random.one_of(tiers)},
        {"locale", random.one_of(locales)},
        {"newsletter", random.one_in(3)},
        {"created_at", "20" + std::to_string(random.between(15, 23)) + "-01-15T08:30:00Z"},
    };
}

}  // namespace stub
