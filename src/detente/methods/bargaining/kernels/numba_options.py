"""What compiles the functions of this folder."""

from __future__ import annotations

from pathlib import Path

from detente.methods.compilation import kernel_compiler

compile_kernel = kernel_compiler(Path(__file__).parent)
