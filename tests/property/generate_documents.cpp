// What clients ask and services answer.
#include <algorithm>
#include <functional>

#include "property/generate.hpp"
#include "property/generate_values.hpp"

namespace weft::property {

Json random_scalar(Dice& dice) {
    const Json usual[] = {"a", "b", "c d", "é/", "7", 7, 12};
    const Json odd[] = {true, false, nullptr, "", ".", "x,y", "1-", 1.5, 9007199254740993};
    if (dice.percent(1)) return std::string(dice.below(2) == 0 ? 300 : 3000, 'x');
    return dice.percent(88) ? usual[dice.below(7)] : odd[dice.below(9)];
}

namespace {

Json random_list(Dice& dice) {
    Json list = Json::array();
    for (std::size_t i = dice.below(5); i > 0; --i) list.push_back(random_scalar(dice));
    return list;
}

Json random_object(Dice& dice) {
    Json object = {{"id", random_scalar(dice)}, {"n", dice.below(4)}};
    if (dice.percent(70)) object["s"] = random_scalar(dice);
    if (dice.percent(20)) object["s"] = Json{{"deep", 1}};
    if (dice.percent(30)) object["x-y"] = random_scalar(dice);
    object["list"] = random_list(dice);
    if (dice.percent(10)) object["list"] = random_scalar(dice);
    if (dice.percent(8)) object.erase("list");
    return object;
}

Json random_document(Dice& dice) {
    if (dice.percent(6)) return random_scalar(dice);
    if (dice.percent(4)) return Json::array({random_object(dice)});
    Json document = random_object(dice);
    document["o"] = random_object(dice);
    document["objs"] = Json::array();
    for (std::size_t i = dice.below(4); i > 0; --i) {
        document["objs"].push_back(dice.percent(92) ? random_object(dice) : random_scalar(dice));
    }
    return document;
}

std::string decoded(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_encoded = text[i] == '%';
        plain +=
            is_encoded ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
        if (is_encoded) i += 2;
    }
    return plain;
}

// What a batch call asks for: `ids` in its query, or in its body.
std::vector<Json> ids_of(const Asked& asked) {
    if (!asked.body.empty()) {
        const Json body = Json::parse(asked.body);
        const Json ids = body.is_object() && body.contains("ids") ? body.at("ids") : Json::array();
        return {ids.begin(), ids.end()};
    }
    std::vector<Json> ids;
    const auto at = asked.target.find("ids=");
    if (at == std::string::npos) return ids;
    const auto end = asked.target.find('&', at);
    const std::string all = decoded(asked.target.substr(at + 4, end - at - 4));
    for (std::size_t begin = 0; begin <= all.size();) {
        const std::size_t comma = std::min(all.find(',', begin), all.size());
        ids.emplace_back(all.substr(begin, comma - begin));
        begin = comma + 1;
    }
    return ids;
}

// Missing, more, re-ordered, twice, of other types.
Json random_rows(const Asked& asked, Dice& dice) {
    std::vector<Json> rows;
    for (const Json& id : ids_of(asked)) {
        if (dice.percent(12)) continue;
        Json row = random_document(dice);
        if (!row.is_object()) continue;
        row["id"] = row["o"]["id"] = id == "7" && dice.percent(50) ? Json(7) : id;
        rows.push_back(row);
        if (dice.percent(2)) rows.push_back(row);
    }
    if (dice.percent(20)) rows.push_back(random_document(dice));
    for (std::size_t i = 1; i < rows.size(); ++i) std::swap(rows[i], rows[dice.below(i + 1)]);
    return rows;
}

Json random_batch(const Asked& asked, Dice& dice) {
    Json rows = dice.percent(95) ? random_rows(asked, dice) : random_document(dice);
    if (asked.target.find("/rows_in_o") != std::string::npos) return {{"o", {{"rows", rows}}}};
    if (asked.target.find("/rows") != std::string::npos) return {{"rows", rows}};
    return rows;
}

void fail_at_times(Said& said, Dice& dice) {
    constexpr int statuses[] = {404, 404, 500, 409, 429, 401, 403, 301, 204, 201, 503, 410};
    const char* const failures[] = {
        "upstream_refused",
        "upstream_timeout",
        "upstream_closed",
        "upstream_protocol",
        "upstream_too_large",
        "upstream_unavailable"};
    if (dice.percent(10)) said.status = statuses[dice.below(12)];
    if (dice.percent(2)) said.failure = failures[dice.below(6)];
    if (dice.percent(2)) said.body = "{\"id\":";
    if (dice.percent(2)) said.body.clear();
}

}  // namespace

ModelRequest random_request(Dice& dice) {
    ModelRequest request;
    const std::string ids[] = {"a1", "x y", "é", "..", std::string(257, 'x'), "b/c", "7", ","};
    request.request_id = "r-1";
    request.id = dice.percent(90) ? ids[dice.below(3)] : ids[dice.below(8)];
    for (const char* name : {"q", "r"}) {
        for (std::size_t i = dice.below(4); i > 0; --i) {
            request.query[name].push_back(dice.one_of({"a", "b", "c d", "7", "x,y"}));
        }
    }
    for (std::size_t i = dice.below(3); i > 0; --i) {
        request.headers["x-one"].push_back(dice.one_of({"a", "b", "7"}));
    }
    if (dice.percent(80)) request.body = random_document(dice).dump();
    if (dice.percent(2)) request.body = "{";
    return request;
}

Services random_services(std::uint64_t seed) {
    return [seed](const Asked& asked) {
        std::string all = asked.method + " " + asked.target + "\n" + asked.body;
        for (const auto& [name, value] : asked.headers) {
            all.append("\n").append(name).append(": ").append(value);
        }
        Dice dice{seed ^ std::hash<std::string>{}(all)};
        Said said;
        const bool is_batch = asked.target.find("/batch/") != std::string::npos;
        said.body = (is_batch ? random_batch(asked, dice) : random_document(dice)).dump();
        said.announces_json = dice.percent(50);
        if (dice.percent(60)) said.x_h = dice.one_of({"h", "h 2", ""});
        fail_at_times(said, dice);
        if (asked.method == "HEAD" || said.status == 204) said.body.clear();
        return said;
    };
}

}  // namespace weft::property
