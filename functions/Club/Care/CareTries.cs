using Club.Kernel;
using Club.Store;
using Club.Value;

namespace Club.Care;

/// <summary>Which calls were made and which letters were sent, for the list of who is lost.</summary>
internal sealed class CareTries(IClubStore store) : ITellsTries
{
    private static readonly IndexQuery Calls = new(CareCall.MemberIndex, "", IndexQuery.Last, Limit: 50);
    private static readonly IndexQuery Letters = new(CareLetter.MemberIndex, "", IndexQuery.Last, Limit: 50);

    public async Task<IReadOnlyList<TriedView>> Tries(MemberId memberId, DateTimeOffset from, CancellationToken cancellation)
    {
        var tries = new List<TriedView>();
        await foreach (var document in store.FindAll(Calls with { Partition = memberId }, cancellation))
            if (document.As<CareCall>() is var call)
                tries.AddRange(call.Outcomes.Where(one => one.At >= from)
                    .Select(one => TriedView.Of(call.Occasion, TriedBy.Call, one.Result, one.At)));
        await foreach (var document in store.FindAll(Letters with { Partition = memberId }, cancellation))
            if (document.As<CareLetter>() is var letter)
                tries.AddRange(letter.Outcomes.Where(one => one.At >= from && one.Result != LetterResult.Stopped)
                    .Select(one => TriedView.Of(letter.Occasion, TriedBy.Letter, one.Result, one.At)));
        return tries;
    }
}
