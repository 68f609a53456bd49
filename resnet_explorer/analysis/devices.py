"""Devices by their published peak rates: the two numbers of a roofline, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from resnet_explorer.registry import Registry

_A100 = "https://www.nvidia.com/content/dam/en-zz/Solutions/Data-Center/a100/pdf/nvidia-a100-datasheet-us-nvidia-1758950-r4-web.pdf"
_T4 = "https://www.nvidia.com/content/dam/en-zz/Solutions/Data-Center/tesla-t4/t4-tensor-core-datasheet-951643.pdf"
_V100 = "https://images.nvidia.com/content/technologies/volta/pdf/volta-v100-datasheet-update-us-1165301-r5.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Peak FLOP/s in float32 (without TF32) and in half precision (matrix units, dense), and bytes/s of its memory."""

    name: str
    title: str
    fp32: float
    half: float
    bandwidth: float
    source: str
    link: str

    def peak(self, precision: str) -> float:
        """The peak rate of that precision, in FLOP/s; mixed computes in half precision."""
        return self.fp32 if precision == "fp32" else self.half


ROOFLINE_DEVICES = Registry(
    "device",
    (
        Device(
            name="t4",
            title="NVIDIA T4",
            fp32=8.1e12,
            half=65e12,
            bandwidth=320e9,
            source="NVIDIA T4 data sheet",
            link=_T4,
        ),
        Device(
            name="v100",
            title="NVIDIA V100 SXM2",
            fp32=15.7e12,
            half=125e12,
            bandwidth=900e9,
            source="NVIDIA V100 data sheet",
            link=_V100,
        ),
        Device(
            name="a100",
            title="NVIDIA A100 SXM 80 GB",
            fp32=19.5e12,
            half=312e12,
            bandwidth=2039e9,
            source="NVIDIA A100 data sheet",
            link=_A100,
        ),
        Device(
            name="h100",
            title="NVIDIA H100 SXM",
            fp32=67e12,
            half=989e12,
            bandwidth=3350e9,
            source="NVIDIA H100 data sheet",
            link="https://www.nvidia.com/en-us/data-center/h100/",
        ),
    ),
)
