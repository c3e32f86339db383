#include "http_service/lookup.hpp"
#include "users/user_data.hpp"

int main(int argc, char** argv) {
    const auto routes = [](const stub::Options& options) -> std::vector<stub::Route> {
        const auto find = [users = stub::UserData{options.seed}](std::string_view id) {
            return users.find(id);
        };
        return {
            {"GET", "/users/{id}", stub::answer_row("user", find)},
            {"GET", "/users", stub::answer_rows(find)},
        };
    };
    return stub::run_service({"user-service", "users", 9002, routes}, argc, argv);
}
