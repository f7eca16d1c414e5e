namespace Club.Desk.Words;

/// <summary>Genders as registrations name them; another word is shown as it is.</summary>
public static class GenderTerms
{
    public static readonly Said Gender = new("Gender", "性别");
    public static readonly Said Untold = new("not told", "未填写");

    private static readonly Dictionary<string, Said> Words = new() { ["female"] = new("female", "女"), ["male"] = new("male", "男") };

    public static IEnumerable<string> Known => Words.Keys;

    public static Said Of(string word) => Words.TryGetValue(word, out var said) ? said : new Said(word, word);
}
