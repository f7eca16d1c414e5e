using Club.Kernel;

namespace Club.Members;

/// <summary>Ids to read in vain, so that an answer about somebody who is not shown takes as long as one about nobody.</summary>
internal sealed class Strangers
{
    private const int Most = 1024;
    private readonly string?[] _ids = new string?[Most];
    private int _noted;

    /// <summary>Somebody whom a call has asked for.</summary>
    public void Note(MemberId id) => _ids[Random.Shared.Next(Math.Min(Interlocked.Increment(ref _noted) & int.MaxValue, Most))] = id.Value;

    /// <summary>Somebody who exists, as far as anybody was asked for yet, or an id like hers that nobody has: the store looks as
    /// far.</summary>
    public MemberId Any(bool exists)
    {
        var id = _ids[Random.Shared.Next(Math.Clamp(_noted, 1, Most))] ?? "-";
        if (exists) return new MemberId(id);
        var letters = id.ToCharArray();
        Array.Reverse(letters, 1, letters.Length - 1);
        return new MemberId(new string(letters));
    }
}
