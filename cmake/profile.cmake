# weft_profile: linked by what a request passes through. `script/build tuned` compiles it twice: `generate` makes a gateway
# that counts which ways its code takes, `use` compiles it by what was counted, and keeps the places that its machine code
# refers to, so that it can be laid out anew. What was never counted is compiled as without.
set(WEFT_PROFILE "" CACHE STRING "generate, use, or empty")
add_library(weft_profile INTERFACE)
if(WEFT_PROFILE STREQUAL "generate")
    # Counts of values, which threads add up without locks, made g++ 12 end with an internal error now and then.
    target_compile_options(
        weft_profile INTERFACE -fprofile-generate -fno-profile-values -fprofile-update=prefer-atomic
    )
    target_link_options(weft_profile INTERFACE -fprofile-generate)
elseif(WEFT_PROFILE STREQUAL "use")
    # All of it as one program. g++ 12's own limits of growth leave that less to inline than rooms apart have.
    # No function in two pieces: those are left as they are when the machine code is laid out.
    set(as_one -flto=auto -fno-fat-lto-objects --param=inline-unit-growth=400 --param=large-unit-insns=1000000)
    target_compile_options(
        weft_profile INTERFACE -fprofile-use -fno-profile-values -fprofile-partial-training -Wno-missing-profile
                               -fno-plt -fno-reorder-blocks-and-partition ${as_one}
    )
    target_link_options(weft_profile INTERFACE ${as_one} -Wl,--emit-relocs)
endif()
