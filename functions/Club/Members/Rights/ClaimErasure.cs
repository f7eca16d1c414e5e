namespace Club.Members;

/// <summary>No phone, card, VIN or WeChat id leads to an erased person, and no dispute names her.</summary>
internal sealed class ClaimErasure(Claims claims) : IErases
{
    public string Name => "identities";

    public async Task<int> Erase(ErasedPerson person, CancellationToken cancellation)
    {
        var released = 0;
        foreach (var identity in person.Known())
            if (await claims.Release(identity, person.Members, cancellation)) released++;
        return released;
    }
}
