using Club.Desk.Words;

namespace Club.Desk.Parts;

/// <summary>One of several pages about the same.</summary>
public sealed record Tab(Said Title, string Address, bool IsHere);
