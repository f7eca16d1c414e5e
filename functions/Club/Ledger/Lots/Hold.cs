using Club.Kernel;

namespace Club.Ledger;

/// <summary>Points that are kept for a redemption which is not finished 冻结. They are taken out of their lots, so that nothing else finds
/// them: neither a sweep for which they lapse meanwhile, nor a return, nor another redemption.</summary>
/// <param name="Id">Of the redemption.</param>
/// <param name="Until">From this moment they are free again.</param>
/// <param name="Lines">What it took of which lot: points below zero.</param>
/// <param name="Overdrawn">What it is to take beyond that; nothing was there to be kept for it.</param>
public sealed record Hold(string Id, WalletCode Wallet, DateTimeOffset Until, IReadOnlyList<LotLine> Lines, Points Overdrawn)
{
    /// <summary>The points that lots are short of by it.</summary>
    public Points Kept => -Lines.Sum(line => line.Points);

    /// <summary>The hold after the member was active: what it keeps lapses no earlier than what it left.</summary>
    public Hold Active(LotLine active) => this with
    {
        Lines = [.. Lines.Select(line => line.LapsesOn > active.EarnedOn && line.LapsesOn < active.LapsesOn
            ? line with { LapsesOn = active.LapsesOn } : line)],
    };

    public bool Equals(Hold? other) => other is not null
        && (Id, Wallet, Until, Overdrawn) == (other.Id, other.Wallet, other.Until, other.Overdrawn) && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Id, Wallet, Until);
}

/// <summary>Points owed after a redemption that took more than there was 透支.</summary>
/// <param name="DueOn">The first business date after the deadline.</param>
/// <param name="IsBlocked">The deadline is over, and nothing is spent until they are repaid.</param>
public sealed record Overdraft(WalletCode Wallet, Points Points, DateOnly DueOn, bool IsBlocked = false);

/// <summary>What a member spent, or gave away, in a period of the calendar.</summary>
/// <param name="Of">What is counted.</param>
/// <param name="Period">Its first day.</param>
public sealed record SpentSum(string Of, Programmes.CapPeriod Per, DateOnly Period, int Times, Points Points);
