using Club.Kernel;

namespace Club.Local.Sample;

/// <summary>Something that a member does, or a dealer for her. What the club is told of it: <see cref="SampleTexts"/>.</summary>
/// <param name="At">By the brand's clock.</param>
internal abstract record SampleAct(SampleMember Member, DateTime At)
{
    /// <summary>She follows the WeChat account.</summary>
    internal sealed record Follows(SampleMember Member, DateTime At) : SampleAct(Member, At);

    /// <summary>She registers, or tells of a further car.</summary>
    internal sealed record Registers(SampleMember Member, DateTime At, IReadOnlyList<SampleCar> Cars) : SampleAct(Member, At);

    /// <summary>A dealer bills her: a visit, a policy, a car.</summary>
    internal sealed record Pays(SampleMember Member, DateTime At, string Id, DealerId Dealer, SampleCar Car,
        IReadOnlyList<SampleLine> Lines) : SampleAct(Member, At)
    {
        public string? Campaign { get; init; }
        public string PaymentMethod { get; init; } = "card";

        /// <summary>Null: she came without an appointment.</summary>
        public int? BookedDaysAhead { get; init; }

        /// <summary>Kilometres; null: nobody read it.</summary>
        public int? Odometer { get; init; }

        /// <summary>Whether the dealer names her by her car.</summary>
        public bool IsByVin { get; init; }
    }

    /// <summary>Some of a bill is taken back, or all of it.</summary>
    /// <param name="Line">Null: all.</param>
    internal sealed record Returns(SampleMember Member, DateTime At, string Id, Pays Of, SampleLine? Line) : SampleAct(Member, At);

    /// <summary>What some of the bill's points wait for has happened.</summary>
    internal sealed record Confirms(SampleMember Member, DateTime At, string Id, Pays Of, string Event) : SampleAct(Member, At);

    /// <summary>She wants to pay some of a bill with points, if she has enough.</summary>
    /// <param name="Percent">How much of what she could pay with points she does.</param>
    /// <param name="IsHeld">Whether the till holds the points first, and then confirms.</param>
    internal sealed record Redeems(SampleMember Member, DateTime At, Pays For, int Percent, bool IsHeld) : SampleAct(Member, At);
}

/// <param name="Fen">CNY, in hundredths.</param>
internal sealed record SampleLine(string Id, string Category, string? Article, int Fen);
