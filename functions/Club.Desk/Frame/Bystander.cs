using Club.Access;

namespace Club.Desk.Frame;

/// <summary>A guest of another dealer, of whom each address tells again.</summary>
public static class Bystander
{
    /// <summary>What a link to the same person must carry on.</summary>
    public static (string Name, string? Value) Carried(Visit visit)
    {
        if (visit.Caller?.Dealer is not null)
            foreach (var name in Guest.Names)
                if (visit.Asked(name) is { } value) return (name, value);
        return ("phone", null);
    }
}
