using System.Xml.Linq;
using LiveShop.Domain;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LiveShop.Web.Database;

/// <summary>
/// Data Protection's keys in the shop's database. Stands in for the framework's own Entity Framework repository, whose
/// package is not in the package source this is built from.
/// </summary>
internal sealed class KeyRingRepository(KeyRing keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.Load().Select(XElement.Parse)];

    /// <remarks>After it has stored a key, the framework reads all of them again and goes by what it finds.</remarks>
    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        if (element.Name.LocalName == "key") keys.AddKey(friendlyName, xml);
        else keys.Add(friendlyName, xml);
    }
}
