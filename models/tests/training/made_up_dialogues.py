"""Made-up dialogues in the data set's format, with a catalogue and action labels."""

WORDS = [
    "Quillow Harbour", "Zephyrine Falls", "Brackenmoor Nights", "Oswaldtown Blues", "Vermilion Tannery",
    "Kestrelwick Down", "Pomfret Gardens", "Thistlebrook Manor", "Umberlane Station", "Wexcombe Tide",
    "Yarrowfield", "Ambleforth Keys",
]  # fmt: skip
GENRES = ["horror", "comedy", "drama"]


def catalogue() -> dict:
    items = [
        {
            "id": str(100 + n),
            "title": title,
            "year": 1990 + 2 * n,
            "label": f"{title} ({1990 + 2 * n})",
            "aliases": [],
            "attributes": {"genre": [GENRES[n % 3]], "decade": [f"{(1990 + 2 * n) // 10 * 10}s"]},
            "popularity": 5,
        }
        for n, title in enumerate(WORDS)
    ]
    return {
        "schemaVersion": 1,
        "id": "made-up",
        "name": "Made-up films",
        "language": "en",
        "words": {"item": "film", "items": "films", "consume": "watch", "consumed": "seen"},
        "attributeTypes": [
            {"id": "genre", "label": "Genre", "kind": "category", "phrase": "{value}"},
            {"id": "decade", "label": "Decade", "kind": "decade", "phrase": "from the {value}"},
        ],
        "items": items,
        "licence": "none",
        "attribution": "none",
    }


def dialogues(count: int) -> list[dict]:
    """Dialogues of four exchanges, each by another seeker, so that every split gets some."""
    result = []
    for n in range(count):
        liked, offered, seen = (str(100 + (n + shift) % len(WORDS)) for shift in (0, 3, 5))
        texts = [
            (1, f"Hi, I want a {GENRES[n % 3]}, I loved @{liked}"),
            (2, f"Then you could watch @{seen} ?"),
            (1, "I have seen that one, it was nice"),
            (2, f"How about @{offered}"),
            (1, "That sounds good, I will watch it"),
            (2, "Enjoy! Bye"),
            (1, "Thanks, bye"),
        ]
        result.append(
            {
                "conversationId": str(n),
                "initiatorWorkerId": 1000 + n,
                "respondentWorkerId": 1,
                "messages": [
                    {"messageId": i, "senderWorkerId": 1000 + n if who == 1 else 1, "text": text}
                    for i, (who, text) in enumerate(texts)
                ],
                "movieMentions": {},
                "initiatorQuestions": {
                    liked: {"suggested": 0, "seen": 1, "liked": 1},
                    seen: {"suggested": 1, "seen": 1, "liked": 1},
                    offered: {"suggested": 1, "seen": 0, "liked": 1},
                },
                "respondentQuestions": [],
            }
        )
    return result


LABELS = {
    "user": {0: "inform", 2: "seen", 4: "accept", 6: "bye"},
    "recommender": {1: "recommend", 3: "recommend", 5: "bye"},
}
