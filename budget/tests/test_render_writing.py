"""Putting files on disk: whole, and all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget.render.writing import UnusableFolder, write_all


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_there_under_their_names_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    paths = write_all({"a.json": b"1", "b.csv": b"2"}, folder)
    assert paths == [folder / "a.json", folder / "b.csv"]
    assert found(folder) == {"a.json": b"1", "b.csv": b"2"}


def test_older_files_of_the_same_names_are_replaced_and_others_stay(tmp_path: Path) -> None:
    write_all({"a": b"old", "z": b"kept"}, tmp_path)
    write_all({"a": b"new"}, tmp_path)
    assert found(tmp_path) == {"a": b"new", "z": b"kept"}


def test_a_failure_while_writing_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write_all({"a": b"old"}, tmp_path)
    with pytest.raises(UnusableFolder, match="无法把文件写入"):
        write_all({"a": b"new", "b" * 300: b"name too long for any file system"}, tmp_path)
    assert found(tmp_path) == {"a": b"old"}


def test_a_failure_takes_away_the_folders_it_made(tmp_path: Path) -> None:
    with pytest.raises(UnusableFolder):
        write_all({"b" * 300: b""}, tmp_path / "new" / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_replaced(
    tmp_path: Path,
) -> None:
    write_all({"a": b"old"}, tmp_path)
    (tmp_path / "b").mkdir()
    with pytest.raises(UnusableFolder, match="是一个目录"):
        write_all({"a": b"new", "b": b"new"}, tmp_path)
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(UnusableFolder, match="无法把文件写入"):
        write_all({"a": b""}, tmp_path / "out")
