//! The reading child as a program of its own.

fn main() -> std::process::ExitCode {
    khue_extract::child::main()
}
